//! What an import came to, as it is stored and shown.

use kontor_ledger::check::Report;
use kontor_ledger::segment::SegmentMeta;
use serde::{Deserialize, Serialize};

/// The result of a check or a booking.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportReport {
    /// What was read and noticed.
    pub report: Report,
    /// What the segment holds, or would hold; `None` when the import was stopped.
    pub segment: Option<SegmentMeta>,
    /// How many accounts are new, or would be; `None` when the import was stopped.
    pub new_accounts: Option<usize>,
}
