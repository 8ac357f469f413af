//! What a patron may not do.

/// The 14 flags of messages 24, 26 and 64: `Y` where something is denied or wrong, else a blank.
///
/// *3M SIP2 2.00, "patron status"*. A `true` is always bad news; the default is a patron in good
/// standing.
///
/// ```
/// use relire_sip2::value::PatronStatus;
/// let status = PatronStatus { card_lost: true, ..PatronStatus::default() };
/// assert_eq!(&status.to_bytes(), b"    Y         ");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PatronStatus {
    /// 0: may not borrow.
    pub charge_denied: bool,
    /// 1: may not renew.
    pub renewal_denied: bool,
    /// 2: may not recall.
    pub recall_denied: bool,
    /// 3: may not place holds.
    pub hold_denied: bool,
    /// 4: the card is reported lost.
    pub card_lost: bool,
    /// 5: has too many loans.
    pub too_many_charged: bool,
    /// 6: has too many overdue loans.
    pub too_many_overdue: bool,
    /// 7: has renewed too often.
    pub too_many_renewals: bool,
    /// 8: has claimed too often to have returned something.
    pub too_many_claims_returned: bool,
    /// 9: has lost too much.
    pub too_many_lost: bool,
    /// 10: owes too much in fines.
    pub excessive_fines: bool,
    /// 11: owes too much in fees.
    pub excessive_fees: bool,
    /// 12: has not brought back something that is recalled.
    pub recall_overdue: bool,
    /// 13: has been billed too often.
    pub too_many_billed: bool,
}

impl PatronStatus {
    /// How many flags there are.
    pub const WIDTH: usize = 14;

    /// Reads the flags: `Y`, in whatever case, is one; anything else is none.
    pub fn from_bytes(bytes: &[u8]) -> PatronStatus {
        let mut status = PatronStatus::default();
        for (flag, byte) in status.flags().into_iter().zip(bytes) {
            *flag = byte.eq_ignore_ascii_case(&b'Y');
        }
        status
    }

    /// The 14 bytes of the wire.
    pub fn to_bytes(mut self) -> [u8; Self::WIDTH] {
        self.flags().map(|flag| if *flag { b'Y' } else { b' ' })
    }

    /// Whether nothing is denied and nothing is wrong.
    pub fn is_good(self) -> bool {
        self == PatronStatus::default()
    }

    fn flags(&mut self) -> [&mut bool; Self::WIDTH] {
        [
            &mut self.charge_denied,
            &mut self.renewal_denied,
            &mut self.recall_denied,
            &mut self.hold_denied,
            &mut self.card_lost,
            &mut self.too_many_charged,
            &mut self.too_many_overdue,
            &mut self.too_many_renewals,
            &mut self.too_many_claims_returned,
            &mut self.too_many_lost,
            &mut self.excessive_fines,
            &mut self.excessive_fees,
            &mut self.recall_overdue,
            &mut self.too_many_billed,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_flag_has_its_place() {
        for place in 0..PatronStatus::WIDTH {
            let mut bytes = [b' '; PatronStatus::WIDTH];
            bytes[place] = b'Y';
            let status = PatronStatus::from_bytes(&bytes);
            assert_eq!(status.to_bytes(), bytes);
            assert!(!status.is_good());
        }
        assert!(PatronStatus::from_bytes(b"Y").charge_denied);
        assert!(PatronStatus::from_bytes(b"             Y").too_many_billed);
        assert!(PatronStatus::from_bytes(b"NNNNNNNNNNNNNN").is_good());
    }
}
