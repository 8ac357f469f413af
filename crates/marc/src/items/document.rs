//! 995 $r: two letters, what it is and what it is on.

use serde::{Deserialize, Serialize};

/// First letter of 995 $r.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// `a`: printed text.
    Print,
    /// `g`: moving images.
    MovingImage,
    /// `i`: speech.
    Speech,
    /// `j`: music.
    Music,
    /// `k`: still images.
    StillImage,
    /// `l`: for a computer.
    Computer,
    /// `m`: several.
    Several,
    /// `z`: something else.
    Other,
    /// `u`: not said.
    Unknown,
}

/// Second letter of 995 $r.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Carrier {
    /// `a`: a poster.
    Poster,
    /// `b`: a photograph.
    Photograph,
    /// `c`: a slide.
    Slide,
    /// `d`: a cassette.
    Cassette,
    /// `e`: a compact disc.
    Cd,
    /// `f`: a DVD.
    Dvd,
    /// `z`: something else.
    Other,
    /// `u`: not said.
    Unknown,
}

/// 995 $r as it stands; its two letters are read when asked for, since many sources have codes
/// of their own there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DocumentCode(pub String);

impl DocumentCode {
    /// What it is, by the recommendation.
    pub fn content(&self) -> Option<Content> {
        Some(match self.letters()?.0 {
            b'a' => Content::Print,
            b'g' => Content::MovingImage,
            b'i' => Content::Speech,
            b'j' => Content::Music,
            b'k' => Content::StillImage,
            b'l' => Content::Computer,
            b'm' => Content::Several,
            b'z' => Content::Other,
            b'u' => Content::Unknown,
            _ => return None,
        })
    }

    /// What it is on, by the recommendation.
    pub fn carrier(&self) -> Option<Carrier> {
        Some(match self.letters()?.1 {
            b'a' => Carrier::Poster,
            b'b' => Carrier::Photograph,
            b'c' => Carrier::Slide,
            b'd' => Carrier::Cassette,
            b'e' => Carrier::Cd,
            b'f' => Carrier::Dvd,
            b'z' => Carrier::Other,
            b'u' => Carrier::Unknown,
            _ => return None,
        })
    }

    fn letters(&self) -> Option<(u8, u8)> {
        match self.0.as_bytes() {
            [content, carrier] => Some((*content, *carrier)),
            _ => None,
        }
    }
}
