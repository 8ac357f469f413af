use crate::Diagnostic;

/// A number from `least`; what is larger than any number here is the largest.
pub(super) fn number(name: &str, text: &str, least: u64) -> Result<u64, Diagnostic> {
    let text = text.trim();
    let digits = text.strip_prefix('+').unwrap_or(text);
    let wrong = |why: &str| {
        let message = format!("{name} is {text:?}: {why}");
        Err(Diagnostic::new(6, name).saying(message))
    };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return wrong("a number is needed");
    }
    // Nothing but digits: what does not fit is too large.
    let number = digits.parse().unwrap_or(u64::MAX);
    if number < least {
        return wrong(&format!("{least} is the least"));
    }
    Ok(number)
}

pub(super) fn at_most(number: u64, most: u32) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX).min(most)
}
