//! The readers who are there to show something: blocks, lost cards, another language, a partner
//! library, the music school, card numbers that several branches gave.

use circulation::{BlockKind, Language};
use jiff::ToSpan;
use jiff::civil::Date;

use crate::crowd::Crowd;
use crate::library::Library;
use crate::patron::Standing;
use crate::sketch::Sketch;

/// Card numbers from before the union that several communes gave. Card and branch together are
/// the key; these readers have no loans and answer for nobody.
const OLD_CARDS: [(&str, &[&str]); 3] = [
    ("0000123", &["AVEZ", "SALL"]),
    ("0000456", &["BULM", "GREN"]),
    ("0001002", &["LIGA", "LOOS", "MAZI"]),
];

/// Adds those of one branch.
pub(crate) fn special(crowd: &mut Crowd, library: &Library, today: Date) {
    let mut stand = |standing| {
        crowd.add(library, Sketch::adult().standing(standing));
    };
    match library.code {
        "LENS" => {
            stand(Standing::Expired);
            stand(Standing::CardLost);
            let message = "Merci de passer à l'accueil : votre dossier est à compléter.";
            stand(blocked(BlockKind::Staff, message));
            stand(suspended(today, 3, 12));
            let visitor = Sketch::borrower("TMP").speaking(Language::English);
            crowd.add(library, visitor);
            partner(crowd, library, "Médiathèque départementale fictive");
        }
        "LIGA" => {
            stand(Standing::Expired);
            partner(crowd, library, "Bibliothèque partenaire fictive");
        }
        "HARN" => {
            let message = "Notre courrier nous est revenu : merci d'indiquer votre adresse.";
            stand(blocked(BlockKind::Address, message));
        }
        "MERI" => {
            stand(Standing::CardLost);
            let message = "Un document perdu reste à remplacer.";
            stand(blocked(BlockKind::LostItems, message));
        }
        "SOUC" => stand(Standing::Expired),
        "VIMY" => {
            stand(suspended(today, 10, 25));
            crowd.add(library, Sketch::adult().speaking(Language::English));
        }
        "BULM" => music_school(crowd, library),
        _ => {}
    }
    for (number, codes) in OLD_CARDS {
        if codes.contains(&library.code) {
            crowd.add(library, Sketch::adult().with_old_card(number));
        }
    }
}

const fn blocked(kind: BlockKind, message: &'static str) -> Standing {
    Standing::Blocked { kind, message }
}

/// A return `ago` days ago, `late` days after the due date: suspended for as many days.
fn suspended(today: Date, ago: i64, late: i64) -> Standing {
    let from = today.saturating_sub(ago.days());
    let until = from.saturating_add(late.days());
    Standing::Suspended { from, until }
}

/// A library outside the network, and the colleague who deals with it.
fn partner(crowd: &mut Crowd, library: &Library, name: &'static str) {
    let colleague = crowd.add(library, Sketch::borrower("AGT"));
    crowd.add(library, Sketch::group("PEB", name, colleague));
}

/// Two grown-up pupils, and a child with its parent.
fn music_school(crowd: &mut Crowd, library: &Library) {
    crowd.add(library, Sketch::borrower("MUS"));
    crowd.add(library, Sketch::borrower("MUS"));
    let family = crowd.family();
    let parent = Sketch::borrower("ADU").aged(28, 52).of(family);
    let guarantor = crowd.add(library, parent);
    let child = Sketch::borrower("MUS").aged(8, 16).of(family);
    crowd.add(library, child.answered_for_by(guarantor));
}

/// Whether a card number is one of those that several branches gave.
#[cfg(test)]
pub(crate) fn is_old_card(card: &str) -> bool {
    OLD_CARDS.iter().any(|(number, _)| *number == card)
}
