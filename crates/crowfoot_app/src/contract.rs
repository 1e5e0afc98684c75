//! What every store must do, as one test function that each store's tests call.
