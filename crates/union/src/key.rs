use serde::{Deserialize, Serialize};

/// Where records meet that may be one document: a hash of what it is about. Equal keys propose, nothing more.
/// The same on every machine and in every build, so that it can be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key(pub i64);

impl Key {
    /// FNV-1a over a kind and its parts.
    pub(crate) fn of(kind: char, parts: &[&str]) -> Self {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        let mut eat =
            |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        let mut letter = [0; 4];
        kind.encode_utf8(&mut letter).bytes().for_each(&mut eat);
        for part in parts {
            eat(0x1F);
            part.bytes().for_each(&mut eat);
        }
        Self(hash.cast_signed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_what_it_was() {
        assert_eq!(
            Key::of('i', &["978225357968"]),
            Key(-2_417_284_476_040_104_432)
        );
        assert_ne!(Key::of('t', &["ab", "c"]), Key::of('t', &["a", "bc"]));
    }
}
