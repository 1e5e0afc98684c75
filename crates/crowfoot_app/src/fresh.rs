//! The one place where the application asks for the time and for randomness.

use crowfoot_schema::IdMint;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{AppError, DiagramId};

/// The time, in the milliseconds that the store keeps.
pub(crate) fn now() -> Timestamp {
    let millis = Timestamp::now().as_millisecond();
    Timestamp::from_millisecond(millis).expect("the time just read is a time")
}

pub(crate) fn diagram_id() -> DiagramId {
    DiagramId(Uuid::now_v7())
}

/// A mint for the ids of one import.
pub(crate) fn mint() -> Result<IdMint, AppError> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|source| AppError::Internal(source.to_string()))?;
    let millis = u64::try_from(Timestamp::now().as_millisecond()).unwrap_or(0);
    Ok(IdMint::new(millis, u128::from_le_bytes(random)))
}
