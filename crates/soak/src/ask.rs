//! What a terminal asks, and what the model says that it must be told.

/// One question. Readers, items, titles and branches are numbers of the [`World`](crate::world::World).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// 11: lends.
    Lend { reader: usize, item: usize },
    /// 11 with a fresh date, moments after the same terminal lent: that loan, and no renewal.
    LendOnceMore { reader: usize, item: usize },
    /// 09: takes back, or says where an item goes.
    TakeBack { item: usize },
    /// 29.
    Renew { reader: usize, item: usize },
    /// 15+ for the title of a copy.
    Place {
        reader: usize,
        title: usize,
        pickup: usize,
    },
    /// 15-.
    GiveUp { reader: usize, title: usize },
    /// 09 with BI Y: the loan of a moment ago.
    UndoLoan { item: usize },
    /// 11 with BI Y: the return of a moment ago.
    UndoReturn { reader: usize, item: usize },
    /// 37 with a number of its own.
    Pay {
        reader: usize,
        cents: i64,
        number: usize,
    },
    /// 11 with no-block Y: lent while the terminal had no line.
    LateLend { reader: usize, item: usize },
    /// 09 with no-block Y.
    LateTakeBack { item: usize },
    /// 11 or 09 with no-block Y, of a barcode that nobody knows.
    LateUnknown { reader: usize, lend: bool },
}

impl Ask {
    /// The item that it is about, if it is about one.
    pub(crate) fn item(&self) -> Option<usize> {
        match *self {
            Self::Lend { item, .. }
            | Self::LendOnceMore { item, .. }
            | Self::TakeBack { item }
            | Self::Renew { item, .. }
            | Self::UndoLoan { item }
            | Self::UndoReturn { item, .. }
            | Self::LateLend { item, .. }
            | Self::LateTakeBack { item } => Some(item),
            Self::Place { .. }
            | Self::GiveUp { .. }
            | Self::Pay { .. }
            | Self::LateUnknown { .. } => None,
        }
    }

    /// The reader whose card it shows, if it shows one.
    pub(crate) fn reader(&self) -> Option<usize> {
        match *self {
            Self::Lend { reader, .. }
            | Self::LendOnceMore { reader, .. }
            | Self::Renew { reader, .. }
            | Self::Place { reader, .. }
            | Self::GiveUp { reader, .. }
            | Self::UndoReturn { reader, .. }
            | Self::Pay { reader, .. }
            | Self::LateLend { reader, .. }
            | Self::LateUnknown { reader, .. } => Some(reader),
            Self::TakeBack { .. } | Self::UndoLoan { .. } | Self::LateTakeBack { .. } => None,
        }
    }

    /// The title that it names without a copy of it.
    pub(crate) fn title(&self) -> Option<usize> {
        match *self {
            Self::Place { title, .. } | Self::GiveUp { title, .. } => Some(title),
            _ => None,
        }
    }

    /// Whether it was done without a line.
    pub(crate) fn is_late(&self) -> bool {
        matches!(
            self,
            Self::LateLend { .. } | Self::LateTakeBack { .. } | Self::LateUnknown { .. }
        )
    }

    /// Whether the same question, asked again after its effect, is refused: then only a look tells what became of it.
    pub(crate) fn is_refused_again(&self) -> bool {
        matches!(
            self,
            Self::Place { .. }
                | Self::GiveUp { .. }
                | Self::UndoLoan { .. }
                | Self::UndoReturn { .. }
        )
    }
}

/// What the answer must say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// No, and nothing changed.
    Refused,
    /// Lent, not renewed.
    Lent,
    /// Renewed.
    Renewed,
    /// Taken back, and it goes there.
    Back(Goes),
    /// Waits, with so many before.
    Waits { before: usize },
    /// The hold is over.
    GivenUp,
    /// Taken back, as if it had not been.
    Undone,
    /// Paid.
    Paid,
}

/// Where a returned item goes, as far as the answer tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Goes {
    /// It stays.
    Stays,
    /// It travels to this branch.
    Travels { to: usize },
    /// It is set aside here for this reader.
    SetAside { reader: usize },
    /// It travels to this branch for this reader.
    TravelsFor { to: usize, reader: usize },
}
