//! Numbers that look drawn by lot, and are the same for the same seed (splitmix64).

/// A source of numbers.
#[derive(Debug, Clone)]
pub(crate) struct Lot(u64);

impl Lot {
    /// `what` keeps apart what is drawn from one seed for different purposes.
    pub(crate) fn new(seed: u64, what: &str) -> Self {
        let mut lot = Self(seed);
        for byte in what.bytes() {
            lot.0 = lot.next() ^ u64::from(byte);
        }
        lot
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of `0..most`; zero where there is nothing to choose from.
    pub(crate) fn below(&mut self, most: usize) -> usize {
        // The remainder of a number below `usize::MAX` fits.
        (self.next() % most.max(1) as u64) as usize
    }

    /// One of these.
    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get(self.below(all.len()))
    }

    /// So often in a hundred.
    pub(crate) fn percent(&mut self, often: usize) -> bool {
        self.below(100) < often
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_purposes_are_apart() {
        let draw = |seed, what| {
            let mut lot = Lot::new(seed, what);
            (0..20).map(|_| lot.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(draw(7, "plan"), draw(7, "plan"));
        assert_ne!(draw(7, "plan"), draw(8, "plan"));
        assert_ne!(draw(7, "plan"), draw(7, "world"));
        assert_eq!(Lot::new(1, "").below(0), 0);
    }
}
