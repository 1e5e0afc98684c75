//! What a script may lose or break, in words.

use std::borrow::Cow;

use crowfoot_schema::{EntityId, Notice};

use crate::dialect::kind::Kind;

/// The notices of a script on its way, each once.
#[derive(Debug, Default)]
pub(super) struct Notices {
    list: Vec<Notice>,
}

impl Notices {
    /// Data that goes.
    pub(super) fn lost(&mut self, entity: EntityId, message: String) {
        self.tell("sql/data-lost", entity, message);
    }

    /// A statement that some rows may not allow.
    pub(super) fn may_fail(&mut self, entity: EntityId, message: String) {
        self.tell("sql/may-fail", entity, message);
    }

    /// What the database cannot do.
    pub(super) fn impossible(&mut self, entity: EntityId, message: String) {
        self.tell("sql/not-migrated", entity, message);
    }

    pub(super) fn tell(&mut self, code: &'static str, entity: EntityId, message: String) {
        let notice = Notice { code: Cow::Borrowed(code), entity, message };
        if !self.list.contains(&notice) {
            self.list.push(notice);
        }
    }

    /// Adds what printing the newer diagram tells and printing the older one does not.
    pub(super) fn printed(&mut self, older: &[Notice], newer: &[Notice]) {
        for notice in newer.iter().filter(|it| !older.contains(it)) {
            if !self.list.contains(notice) {
                self.list.push(notice.clone());
            }
        }
    }

    pub(super) fn into_list(self) -> Vec<Notice> {
        self.list
    }
}

/// Whether every value of the one kind is one of the other, in every database.
pub(super) fn is_widening(from: &Kind, to: &Kind) -> bool {
    let fits = |a: Option<u32>, b: Option<u32>| b.is_none_or(|b| a.is_some_and(|a| a <= b));
    match (from, to) {
        _ if from == to && *from != Kind::Other => true,
        (Kind::Int { bits: a, is_unsigned: x }, Kind::Int { bits: b, is_unsigned: y }) => {
            (x == y && a <= b) || (*x && !*y && a < b)
        }
        (Kind::Int { .. }, Kind::Decimal(None)) | (Kind::Decimal(_), Kind::Decimal(None)) => true,
        (Kind::Decimal(Some((a, x))), Kind::Decimal(Some((b, y)))) => x <= y && a - x <= b - y,
        (Kind::Float, Kind::Double) => true,
        (Kind::Varchar(a), Kind::Varchar(b)) => fits(*a, *b),
        (Kind::Char(a), Kind::Char(b) | Kind::Varchar(Some(b))) => a <= b,
        (_, Kind::Text | Kind::CiText | Kind::Varchar(None)) => true,
        (Kind::Binary(_), Kind::Blob) | (Kind::Date, Kind::Timestamp { has_zone: false, .. }) => {
            true
        }
        _ => false,
    }
}
