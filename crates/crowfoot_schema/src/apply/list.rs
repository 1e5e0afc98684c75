//! Lists whose order people see: columns, indexes, checks and enum values.

use crate::{Check, CheckId, Column, ColumnId, EnumValue, EnumValueId, Index, IndexId};

/// Something that stands in a list whose order people see.
pub(crate) trait Listed {
    type Id: Copy + PartialEq;
    fn id(&self) -> Self::Id;
}

macro_rules! listed {
    ($($entity:ty: $id:ty,)*) => {$(
        impl Listed for $entity {
            type Id = $id;
            fn id(&self) -> $id {
                self.id
            }
        }
    )*};
}
listed! { Column: ColumnId, Index: IndexId, Check: CheckId, EnumValue: EnumValueId, }

pub(super) fn find<T: Listed>(list: &[T], id: T::Id) -> Option<usize> {
    list.iter().position(|it| it.id() == id)
}

/// What the element at that place follows.
pub(super) fn before<T: Listed>(list: &[T], at: usize) -> Option<T::Id> {
    at.checked_sub(1).map(|at| list[at].id())
}

pub(crate) fn insert<T: Listed>(list: &mut Vec<T>, item: T, after: Option<T::Id>) {
    let at = match after {
        None => 0,
        Some(id) => find(list, id).map_or(list.len(), |at| at + 1),
    };
    list.insert(at, item);
}
