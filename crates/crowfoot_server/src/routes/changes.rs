pub(crate) mod add;
pub(crate) mod events;
pub(crate) mod list;
