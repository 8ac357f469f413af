//! Sets of bibs.

use roaring::RoaringTreemap;

/// Bibs without order: a kept result, or what is available somewhere now.
///
/// Memory: some two bytes a bib where they are sparse, an eighth of one where they are dense; a
/// set of a whole catalogue of 500,000 takes 64 kilobytes, any set of it at most a megabyte.
///
/// ```
/// let set: relire_catalogue::BibSet = [7, 3, 5].into_iter().collect();
/// assert!(set.contains(5));
/// assert_eq!(set.iter().skip(1).collect::<Vec<_>>(), [5, 7]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BibSet(RoaringTreemap);

impl BibSet {
    /// An empty one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Of bibs in ascending order, each once.
    pub(crate) fn ascending(bibs: Vec<i64>) -> Self {
        let bibs = bibs.into_iter().map(i64::cast_unsigned);
        // What is out of order after all is put in its place.
        Self(RoaringTreemap::from_sorted_iter(bibs.clone()).unwrap_or_else(|_| bibs.collect()))
    }

    /// Adds a bib.
    pub fn insert(&mut self, bib: i64) {
        self.0.insert(bib.cast_unsigned());
    }

    /// Takes a bib out.
    pub fn remove(&mut self, bib: i64) {
        self.0.remove(bib.cast_unsigned());
    }

    /// Whether it is there.
    pub fn contains(&self, bib: i64) -> bool {
        self.0.contains(bib.cast_unsigned())
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In ascending order.
    pub fn iter(&self) -> impl Iterator<Item = i64> + '_ {
        self.0.iter().map(u64::cast_signed)
    }

    /// So many from a place on, in ascending order, without walking to it.
    pub fn range(&self, offset: u64, count: usize) -> Vec<i64> {
        let Some(first) = self.0.select(offset) else {
            return Vec::new();
        };
        let mut from = self.0.iter();
        from.advance_to(first);
        from.take(count).map(u64::cast_signed).collect()
    }

    /// Bytes that it takes, roughly.
    pub fn memory(&self) -> usize {
        self.0.serialized_size()
    }
}

impl FromIterator<i64> for BibSet {
    fn from_iter<T: IntoIterator<Item = i64>>(bibs: T) -> Self {
        Self(bibs.into_iter().map(i64::cast_unsigned).collect())
    }
}
