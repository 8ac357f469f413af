//! What a source said last about a reader, without keeping it twice.

use sha2::{Digest, Sha256};

/// The fields that a later file may change, in the order of their digests.
pub const FIELDS: [&str; 10] = [
    "lastname",
    "firstname",
    "birthdate",
    "address",
    "email",
    "phone",
    "category",
    "expires",
    "card",
    "status",
];

const LENGTH: usize = 4;

/// Four bytes a field: enough to see that it changed. A PIN is not among them, since a digest of four digits is
/// those digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldDigests(Vec<u8>);

impl FieldDigests {
    /// As they were kept.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// To be kept.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether the field at this place of [`FIELDS`] is the same in both. What was kept of another shape never is.
    #[must_use]
    pub fn same(&self, other: &Self, field: usize) -> bool {
        let of = |digests: &Self| {
            let start = field * LENGTH;
            digests.0.get(start..start + LENGTH).map(<[u8]>::to_vec)
        };
        self.0.len() == other.0.len() && of(self).is_some() && of(self) == of(other)
    }
}

/// Digests the values of [`FIELDS`], salted with the reader's source and number.
#[must_use]
pub fn field_digests(branch: &str, number: &str, values: &[String; FIELDS.len()]) -> FieldDigests {
    let mut bytes = Vec::with_capacity(FIELDS.len() * LENGTH);
    for (name, value) in FIELDS.iter().zip(values) {
        let digest = Sha256::new()
            .chain_update(branch)
            .chain_update([0])
            .chain_update(number)
            .chain_update([0])
            .chain_update(name)
            .chain_update([0])
            .chain_update(value)
            .finalize();
        bytes.extend(digest.iter().take(LENGTH));
    }
    FieldDigests(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_field_is_the_one_that_differs() {
        let before: [String; 10] = std::array::from_fn(|n| n.to_string());
        let mut after = before.clone();
        after[3] = "elsewhere".into();
        let (old, new) = (
            field_digests("LENS", "P1", &before),
            field_digests("LENS", "P1", &after),
        );
        let changed: Vec<usize> = (0..10).filter(|n| !old.same(&new, *n)).collect();
        assert_eq!(changed, [3]);
        assert_ne!(old, field_digests("LENS", "P2", &before));
        assert!(!old.same(&FieldDigests::from_bytes(vec![]), 0));
    }
}
