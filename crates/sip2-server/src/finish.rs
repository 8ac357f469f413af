//! The last touch to an answer: what one terminal's settings leave out, and where its extras stand.

use bytes::Bytes;
use sip2::{FieldId, Message, spec};

use crate::manners::Manners;

/// Puts texts (AF, AG) behind what was added beyond the standard, since some units read by order; takes hidden
/// fields out, or, where the standard requires them, empties them.
pub(crate) fn finish(message: &mut Message, manners: &Manners) {
    let is_text = |id: FieldId| id == FieldId::AF || id == FieldId::AG;
    let fields = &mut message.fields;
    if fields.iter().any(|field| is_text(field.id))
        && fields.last().is_some_and(|last| !is_text(last.id))
    {
        fields.sort_by_key(|field| is_text(field.id));
    }
    if manners.hidden.is_empty() {
        return;
    }
    let required = |id: FieldId| {
        let fields = spec::message(message.code).map_or(&[][..], |spec| spec.fields);
        fields
            .iter()
            .any(|used| used.id == id && used.presence == spec::Presence::Required)
    };
    let hidden = |id: FieldId| manners.hidden.iter().any(|hidden| hidden.0 == id);
    fields.retain_mut(|field| {
        if !hidden(field.id) {
            return true;
        }
        field.value = Bytes::new();
        required(field.id)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        fixtures::{message, wire},
        manners::Hidden,
    };

    fn finished(frame: &str, hidden: &[&str]) -> String {
        let manners = Manners {
            hidden: hidden
                .iter()
                .map(|id| Hidden::try_from((*id).to_owned()).unwrap())
                .collect(),
            ..Manners::default()
        };
        let mut message = message(frame);
        finish(&mut message, &manners);
        wire(&message)
    }

    const LENT: &str = "121NUY20261122    153030AOLENS|AA26200|AB36200|AJLe Horla|AH20261213    235959|CK001|BK512|";

    #[test]
    fn hidden_fields_are_left_out_or_empty() {
        assert_eq!(finished(LENT, &[]), LENT);
        assert_eq!(
            finished(LENT, &["CK", "AJ"]),
            "121NUY20261122    153030AOLENS|AA26200|AB36200|AJ|AH20261213    235959|BK512|"
        );
    }

    #[test]
    fn texts_come_last() {
        let frame = "24              00220261122    153030AOLENS|AA26200|AEZoé|AFa|AGb|AFc|";
        assert_eq!(finished(frame, &[]), frame, "as the standard has it");
        assert_eq!(
            finished(&format!("{frame}BDrue|PCADU|"), &[]),
            "24              00220261122    153030AOLENS|AA26200|AEZoé|BDrue|PCADU|AFa|AGb|AFc|"
        );
        assert_eq!(
            finished(frame, &["AF", "AE"]),
            "24              00220261122    153030AOLENS|AA26200|AE|AGb|"
        );
    }
}
