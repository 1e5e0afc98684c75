pub(crate) mod add;
pub(crate) mod create;
pub(crate) mod preview;
