//! How a message type is declared.

/// Declares a message type in the layout of the standard, and with it how it is read and written.
///
/// ```text
/// wire_message! {
///     /// Documentation.
///     Name, CODE, Sender, "name in the standard";
///     fixed {
///         /// Documentation.
///         our_name: Type = Codec "name in the standard",
///     }
///     fields {
///         /// Documentation.
///         our_name: Type = ID Codec presence,
///     }
/// }
/// ```
///
/// The order is that of the wire. `Codec` is one of [`super::codec`], which says for which types
/// it is good; `presence` is required, optional, repeated or extension, as
/// [`crate::spec::Presence`] has it.
macro_rules! wire_message {
    (
        $(#[$meta:meta])*
        $name:ident, $code:ident, $sender:ident, $standard:literal;
        fixed {
            $($(#[$fixed_meta:meta])* $fixed:ident: $fixed_type:ty = $fixed_codec:ident $fixed_standard:literal,)*
        }
        fields {
            $($(#[$field_meta:meta])* $field:ident: $field_type:ty = $id:ident $codec:ident $presence:ident,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        pub struct $name {
            $(
                #[doc = concat!("*", $fixed_standard, "*, fixed:")]
                $(#[$fixed_meta])*
                pub $fixed: $fixed_type,
            )*
            $(
                #[doc = concat!("`", stringify!($id), "`, ", stringify!($presence), ":")]
                $(#[$field_meta])*
                pub $field: $field_type,
            )*
            /// Fields that are not named above, in the order of the wire. They are sent last.
            pub extra: Vec<$crate::Field>,
        }

        impl $name {
            /// The layout of the message.
            pub const SPEC: $crate::spec::MessageSpec = $crate::spec::MessageSpec {
                code: $crate::Code::$code,
                name: stringify!($name),
                standard: $standard,
                sender: $crate::spec::Sender::$sender,
                fixed: &[$(
                    $crate::spec::FixedPart {
                        name: stringify!($fixed),
                        standard: $fixed_standard,
                        width: <$crate::messages::codec::$fixed_codec as $crate::messages::codec::FixedCodec<$fixed_type>>::WIDTH,
                        shape: <$crate::messages::codec::$fixed_codec as $crate::messages::codec::FixedCodec<$fixed_type>>::SHAPE,
                    },
                )*],
                fields: &[$(
                    $crate::spec::FieldUse {
                        id: $crate::FieldId::$id,
                        name: stringify!($field),
                        presence: $crate::messages::declare::presence!($presence),
                    },
                )*],
            };

            /// Reads the message, its text in `charset`.
            pub fn from_message(
                message: &$crate::Message,
                charset: $crate::Charset,
            ) -> Result<Self, $crate::messages::RequestError> {
                let reader = $crate::messages::codec::Reader::new(message, &Self::SPEC, charset)?;
                Ok($name {
                    $($fixed: reader.fixed::<$crate::messages::codec::$fixed_codec, _>($fixed_standard)?,)*
                    $($field: reader.field::<$crate::messages::codec::$codec, _>($crate::FieldId::$id)?,)*
                    extra: reader.extra(),
                })
            }

            /// Writes the message, its text in `charset`.
            pub fn to_message(&self, charset: $crate::Charset) -> $crate::Message {
                let writer = $crate::messages::codec::Writer::new(&Self::SPEC, charset);
                $(let writer = writer.fixed::<$crate::messages::codec::$fixed_codec, _>(&self.$fixed);)*
                $(let writer = writer.field::<$crate::messages::codec::$codec, _>(
                    $crate::FieldId::$id,
                    &self.$field,
                    $crate::messages::declare::presence!($presence),
                );)*
                writer.finish(&self.extra)
            }
        }
    };
}

/// The [`crate::spec::Presence`] of a word.
macro_rules! presence {
    (required) => {
        $crate::spec::Presence::Required
    };
    (optional) => {
        $crate::spec::Presence::Optional
    };
    (repeated) => {
        $crate::spec::Presence::Repeated
    };
    (extension) => {
        $crate::spec::Presence::Extension
    };
}

pub(crate) use presence;
pub(crate) use wire_message;

/// Declares the sum of the messages that one side sends.
macro_rules! message_enum {
    (
        $(#[$meta:meta])*
        $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident($message:ident),)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_meta])* $variant($crate::messages::$message),)*
            /// Any other code: one that the standard does not have, or that of the other side.
            Unknown {
                /// The code.
                code: $crate::Code,
            },
        }

        impl $name {
            /// Reads a message, its text in `charset`.
            pub fn parse(
                message: &$crate::Message,
                charset: $crate::Charset,
            ) -> Result<Self, $crate::messages::RequestError> {
                $(
                    if message.code == $crate::messages::$message::SPEC.code {
                        return $crate::messages::$message::from_message(message, charset).map($name::$variant);
                    }
                )*
                Ok($name::Unknown { code: message.code })
            }

            /// Writes the message, its text in `charset`. Of an unknown one nothing but its code
            /// is left.
            pub fn to_message(&self, charset: $crate::Charset) -> $crate::Message {
                match self {
                    $($name::$variant(message) => message.to_message(charset),)*
                    $name::Unknown { code } => $crate::Message::builder(*code, charset).finish(),
                }
            }

            /// The message's code.
            pub fn code(&self) -> $crate::Code {
                match self {
                    $($name::$variant(_) => $crate::messages::$message::SPEC.code,)*
                    $name::Unknown { code } => *code,
                }
            }
        }

        $(impl From<$crate::messages::$message> for $name {
            fn from(message: $crate::messages::$message) -> Self {
                $name::$variant(message)
            }
        })*
    };
}

pub(crate) use message_enum;
