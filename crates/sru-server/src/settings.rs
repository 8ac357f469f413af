//! What the operator decides.

/// The settings of the door.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Host and port under which others reach it, for explain: that of the request where it says one.
    pub address: (String, u16),
    /// What the catalogue is called, in French.
    pub title_fr: String,
    /// The same in English.
    pub title_en: String,
    /// Who answers questions about the catalogue: an address of electronic mail, for harvesters.
    pub contact: String,
    /// Searches that are made at once; more wait.
    pub at_once: usize,
    /// Searches that wait; more are told to come again.
    pub waiting: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            address: ("localhost".to_owned(), 8080),
            title_fr: "Catalogue du réseau des médiathèques de Lens-Liévin".to_owned(),
            title_en: "Catalogue of the libraries around Lens and Liévin".to_owned(),
            contact: "catalogue@localhost".to_owned(),
            at_once: 16,
            waiting: 256,
        }
    }
}
