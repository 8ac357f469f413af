//! Copies in a record: field 995 as the *Recommandation 995* has it, and as libraries really do.
//!
//! The recommendation (Dominique Lahary, 1995, for the exchange between departmental lending
//! libraries and their communes) fixes what each subfield means. Systems and departments went
//! their own ways since, so what means what is an [`ItemProfile`], which is data: one for each
//! source of records, read from a configuration.
//!
//! ```
//! use relire_marc::{DataField, items::{Audience, Circulation, ItemProfile}};
//!
//! let field = DataField::new(b"995", b"  ")
//!     .with(b'b', "LENS").with(b'f', "*3 0624 98*").with(b'k', "R MAU")
//!     .with(b'o', "e").with(b'q', "a").with(b'r', "az");
//! let item = ItemProfile::default().read(&field);
//! assert_eq!(item.barcode.as_deref(), Some("3062498"));
//! assert_eq!((item.audience, item.circulation), (Some(Audience::Adult), Some(Circulation::Lendable)));
//! ```

mod document;
mod item;
mod profile;
mod read;

pub use document::{Carrier, Content, DocumentCode};
pub use item::{Audience, Circulation, Item, ItemWarning};
pub use profile::{BarcodeRule, ItemProfile, Pick};
