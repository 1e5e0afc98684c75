//! Patches: for each kind of entity a struct with the fields that a change sets.
//!
//! One list of fields makes the entity, its patch, and the three operations on them (apply with
//! inverse, difference, names of the fields), so that none of them can forget a field.

use serde::{Deserialize, Deserializer};

/// Reads a field that is there, `null` or not; where it is missing, serde's default gives `None`.
///
/// So a patch tells "leave the note" (missing) from "remove the note" (`null`).
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Whether a field holds what it holds where nobody said anything, so that files may leave it out.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// Declares an entity with its id and its patch.
///
/// The fields before the semicolon are required in a file; those after it may be left out when
/// they hold their type's default. Fields after the patch may be left out too, and are for other
/// changes to set.
macro_rules! patch {
    (
        $(#[$doc:meta])*
        $entity:ident: $id:ty,
        $patch:ident {
            $($(#[$key_doc:meta])* $key:ident: $key_type:ty,)*
            ;
            $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
        }
        $($(#[$kept_doc:meta])* $kept:ident: $kept_type:ty,)*
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
        pub struct $entity {
            pub id: $id,
            $($(#[$key_doc])* pub $key: $key_type,)*
            $(
                $(#[$field_doc])*
                #[serde(default, skip_serializing_if = "crate::patch::is_default")]
                pub $field: $type,
            )*
            $(
                $(#[$kept_doc])*
                #[serde(default, skip_serializing_if = "crate::patch::is_default")]
                pub $kept: $kept_type,
            )*
        }

        crate::patch::patch_of! {
            $entity, $patch { $($key: $key_type,)* ; $($field: $type,)* }
        }
    };
}
pub(crate) use patch;

/// Declares the patch of a struct that stands elsewhere.
macro_rules! patch_of {
    (
        $entity:ident, $patch:ident {
            $($key:ident: $key_type:ty,)* ; $($field:ident: $type:ty,)*
        }
    ) => {
        #[doc = concat!("The fields of a [`", stringify!($entity), "`] that a change sets.")]
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(optional_fields))]
        pub struct $patch {
            $(
                #[serde(default, skip_serializing_if = "Option::is_none")]
                pub $key: Option<$key_type>,
            )*
            $(
                #[serde(
                    default,
                    skip_serializing_if = "Option::is_none",
                    deserialize_with = "crate::patch::present"
                )]
                pub $field: Option<$type>,
            )*
        }

        impl $patch {
            /// What turns `old` into `new`, ids apart.
            pub fn between(old: &$entity, new: &$entity) -> Self {
                Self {
                    $($key: (old.$key != new.$key).then(|| new.$key.clone()),)*
                    $($field: (old.$field != new.$field).then(|| new.$field.clone()),)*
                }
            }

            /// Sets the fields and returns the patch that sets them back.
            ///
            /// Fields that already hold what the patch says are left out of the inverse.
            pub fn apply(self, to: &mut $entity) -> Self {
                Self {
                    $($key: match self.$key {
                        Some(new) if new != to.$key => Some(std::mem::replace(&mut to.$key, new)),
                        _ => None,
                    },)*
                    $($field: match self.$field {
                        Some(new) if new != to.$field => Some(std::mem::replace(&mut to.$field, new)),
                        _ => None,
                    },)*
                }
            }

            /// The same without the fields that `done`, the inverse of applying it, leaves out.
            #[must_use]
            pub fn keep(mut self, done: &Self) -> Self {
                $(if done.$key.is_none() { self.$key = None; })*
                $(if done.$field.is_none() { self.$field = None; })*
                self
            }

            /// Whether it sets nothing.
            pub fn is_empty(&self) -> bool {
                true $(&& self.$key.is_none())* $(&& self.$field.is_none())*
            }
        }
    };
}
pub(crate) use patch_of;
