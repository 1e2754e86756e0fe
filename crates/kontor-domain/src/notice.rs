//! What somebody on our side should know, told on their pages until they put it away.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One piece of news for a user. Like events of the audit log, notices name their subject by id and by what it was called then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::IntoStaticStr)]
#[serde(tag = "notice", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the fields say what they are; the variants are documented")]
pub enum Notice {
    /// Somebody known at one of the user's accounts changed jobs.
    JobChanged { person_id: i64, person: String, from: String, to: String, on: NaiveDate },
}

impl Notice {
    /// The stored name of its kind.
    pub fn kind(&self) -> &'static str {
        self.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stored_kind_is_the_name_in_the_json_form() {
        let on = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        let notice = Notice::JobChanged { person_id: 1, person: "Jens".into(), from: "Elbe".into(), to: "Weser".into(), on };
        let json = serde_json::to_value(&notice).expect("plain data");
        assert_eq!(json["notice"], notice.kind());
        assert_eq!(serde_json::from_value::<Notice>(json).expect("reads back"), notice);
    }
}
