//! Who belongs to whom among the demo company's accounts: the five corporate groups, a joint venture, a central regulation, a business that changed hands.

use chrono::NaiveDate;
use kontor_domain::Month;
use kontor_domain::group::{Kind, Share};
use kontor_domain::rights::Viewer;

use crate::accounts::directory;
use crate::fault::Fault;
use crate::groups::actions;
use crate::groups::forms::EdgeTerms;
use crate::office::Office;

/// When an edge holds, in months before the running one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Time {
    /// As long as anybody remembers.
    Always,
    /// From the first day of that month on.
    Since(i32),
    /// Up to the last day before that month.
    Until(i32),
}

/// An edge between two accounts by their numbers.
struct Tie {
    parent: &'static str,
    child: &'static str,
    kind: Kind,
    /// In hundredths of a percent.
    share: Option<i64>,
    time: Time,
}

const fn owns(parent: &'static str, child: &'static str, share: i64, time: Time) -> Tie {
    Tie { parent, child, kind: Kind::Subsidiary, share: Some(share), time }
}

/// A business is sold by Hohenrath and bought by Bergdorn so many months before today.
const SOLD: i32 = 14;

#[rustfmt::skip]
const TIES: [Tie; 20] = [
    owns("10472", "10473", 10_000, Time::Always),
    owns("10472", "10480",  7_490, Time::Always),
    owns("10473", "10941", 10_000, Time::Always),
    Tie { parent: "10480", child: "10472", kind: Kind::ReceivesFor, share: None, time: Time::Always },

    owns("10152", "10153", 10_000, Time::Always),
    owns("10152", "10802",  8_000, Time::Since(31)),
    owns("10802", "11034", 10_000, Time::Since(20)),
    owns("10091", "10560", 10_000, Time::Until(SOLD)),
    owns("10152", "10560",  5_100, Time::Since(SOLD)),

    owns("10239", "10611",  7_500, Time::Always),
    Tie { parent: "10239", child: "10967", kind: Kind::JointVenture, share: Some(5_000), time: Time::Since(26) },
    Tie { parent: "10344", child: "10967", kind: Kind::JointVenture, share: Some(5_000), time: Time::Since(26) },
    Tie { parent: "10239", child: "10344", kind: Kind::PaysFor, share: None, time: Time::Since(26) },

    owns("10091", "10092", 10_000, Time::Always),
    owns("10091", "10720", 10_000, Time::Always),
    owns("10091", "11102",  6_500, Time::Since(9)),

    owns("10310", "10311", 10_000, Time::Always),
    owns("10310", "10677", 10_000, Time::Always),
    owns("10677", "10678", 10_000, Time::Always),
    owns("10310", "10845",  6_000, Time::Always),
];
/// Held by Varnholt, but not controlled.
const MINORITY: Tie = owns("10310", "11187", 2_510, Time::Always);

/// Enters all edges, as a user would.
pub(super) async fn tie(office: &Office, operator: &Viewer, source: &str, today: NaiveDate) -> Result<(), Fault> {
    let directory = directory::current(office, operator).await?;
    let id = |number: &str| directory.place(source, number).map(|place| directory.accounts()[place].id).ok_or(Fault::NotFound);
    for tie in TIES.iter().chain([&MINORITY]) {
        let start = |months: i32| Month::of(today).plus(-months).first_day();
        let (from, to) = match tie.time {
            Time::Always => (None, None),
            Time::Since(months) => (Some(start(months)), None),
            Time::Until(months) => (None, start(months).pred_opt()),
        };
        let terms = EdgeTerms { kind: tie.kind, share: tie.share.and_then(Share::new), from, to };
        actions::add(office, operator, id(tie.parent)?, id(tie.child)?, terms).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::story::{GROUPS, STORIES};

    #[test]
    fn every_tie_is_between_accounts_of_the_story_and_every_group_has_its_head() {
        let members = |group: &crate::demo::story::Group| -> Vec<&'static str> {
            group.members.iter().map(|member| member.number).chain(group.with_story).collect()
        };
        let known: Vec<&str> = GROUPS.iter().flat_map(members).chain(STORIES.iter().map(|story| story.number)).collect();
        for tie in TIES.iter().chain([&MINORITY]) {
            assert!(known.contains(&tie.parent) && known.contains(&tie.child), "{} {}", tie.parent, tie.child);
            assert!(tie.share.is_none_or(|share| Share::new(share).is_some()));
        }
        for group in &GROUPS {
            let tied = |number: &str| TIES.iter().chain([&MINORITY]).any(|tie| tie.child == number && tie.kind.is_holding());
            assert_eq!(members(group).into_iter().filter(|number| !tied(number)).count(), 1, "{}", group.name);
        }
    }
}
