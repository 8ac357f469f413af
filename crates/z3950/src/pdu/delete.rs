//! DeleteResultSet (3.2.4).

use bytes::Bytes;

use crate::ber::{Node, Tag, ctx, uni};
use crate::error::Error;
use crate::value::{Text, Value, sequence};

sequence! {
    /// DeleteResultSetRequest (`[26]`).
    DeleteRequest {
        /// Comes back in the response.
        reference_id: Option<Bytes> = ctx(2),
        /// 0 those of the list, 1 all.
        function: i64 = ctx(32),
        /// Names.
        sets: Option<Vec<SetName>> = uni(16),
        /// What no other element has a place for.
        other_info: Option<Node> = ctx(201),
    }
}

sequence! {
    /// DeleteResultSetResponse (`[27]`).
    DeleteResponse {
        /// As in the request.
        reference_id: Option<Bytes> = ctx(2),
        /// One of [`delete_status`], of the whole.
        status: i64 = ctx(0),
        /// One for each name.
        statuses: Option<Vec<ListStatus>> = ctx(1),
        /// How many of all were not deleted.
        not_deleted: Option<i64> = ctx(34),
        /// Which, when all were to be.
        bulk: Option<Vec<ListStatus>> = ctx(35),
        /// For people.
        message: Option<Text> = ctx(36),
        /// What no other element has a place for.
        other_info: Option<Node> = ctx(201),
    }
}

/// Values of `DeleteSetStatus` (3.2.4.1.4).
pub mod delete_status {
    /// Done.
    pub const SUCCESS: i64 = 0;
    /// There was no such set.
    pub const NO_SUCH_SET: i64 = 1;
    /// Some of a list were not deleted.
    pub const NOT_ALL: i64 = 9;
}

/// The name of a result set (`[31]`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetName(pub Text);

impl Value for SetName {
    const OWN: Tag = ctx(31);
    fn read(node: &Node) -> Result<Self, Error> {
        Text::read(node).map(Self)
    }
    fn write(&self, tag: Tag) -> Node {
        self.0.write(tag)
    }
}

sequence! {
    /// What became of one set.
    ListStatus {
        /// Its name.
        set: SetName = ctx(31),
        /// One of [`delete_status`].
        status: i64 = ctx(33),
    }
}
