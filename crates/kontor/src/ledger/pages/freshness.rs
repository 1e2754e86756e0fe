//! How fresh the figures are: the newest invoice and the last import of each source. A region for pages of later nouns.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, NaiveDate, Utc};
use maud::{Markup, html};

use crate::ledger::store::Segment;
use crate::web::components::section;
use crate::web::context::Page;
use crate::web::url;

/// After so many days without a newer invoice the figures are called old: a month and some days for closing it.
const OLD_DAYS: u64 = 40;

/// What one source has brought.
struct Source<'a> {
    name: &'a str,
    /// The day of its newest invoice; `None` when nothing of it is in the ledger.
    newest: Option<NaiveDate>,
    /// When it was read last, whether or not that brought anything new.
    read_at: DateTime<Utc>,
}

fn sources(segments: &[Segment]) -> Vec<Source<'_>> {
    let mut by_name: BTreeMap<&str, Source> = BTreeMap::new();
    for segment in segments {
        let newest = (segment.lines > 0).then_some(segment.last_day);
        let source = by_name.entry(&segment.source).or_insert(Source { name: &segment.source, newest, read_at: segment.live_from });
        source.newest = source.newest.max(newest);
        source.read_at = source.read_at.max(segment.live_from);
    }
    by_name.into_values().collect()
}

/// The region.
pub fn region(page: &Page, segments: &[Segment], today: NaiveDate) -> Markup {
    let (t, locale, sources) = (page.t(), page.locale(), sources(segments));
    let Some(newest) = sources.iter().filter_map(|source| source.newest).max() else { return html! {} };
    let is_old = |day: NaiveDate| day.checked_add_days(Days::new(OLD_DAYS)).is_some_and(|end| end < today);
    let title = match (today - newest).num_days() {
        ..0 => t.ledger_fresh_ahead(locale.date(newest)),
        0 => t.ledger_fresh_today(),
        days => t.ledger_fresh(days, locale.date(newest)),
    };
    let body = html! {
        ul.list { @for source in &sources {
            li {
                span { (source.name) }
                span.num.warn[source.newest.is_some_and(is_old)] { @match source.newest { Some(day) => (locale.date(day)), None => "–" } }
                span.why { (t.ledger_fresh_read(locale.instant(source.read_at))) }
            }
        } }
    };
    section(12, &title, html! { a href=(url::IMPORTS) { (t.nav_ledger()) } }, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_as_fresh_as_its_newest_line_and_its_last_reading() {
        let segment = |source: &str, lines: u64, last: &str, read: &str| Segment {
            id: String::new(),
            import_id: 1,
            source: source.into(),
            lines,
            first_day: NaiveDate::default(),
            last_day: last.parse().expect("a day"),
            live_from: format!("{read}T08:00:00Z").parse().expect("an instant"),
        };
        let segments = [
            segment("erp", 5, "2026-03-31", "2026-04-02"),
            segment("crm", 0, "1970-01-01", "2026-05-01"),
            // Read again, nothing new.
            segment("erp", 0, "1970-01-01", "2026-04-09"),
            segment("erp", 1, "2025-12-31", "2026-01-02"),
        ];
        let found: Vec<_> = sources(&segments)
            .iter()
            .map(|source| format!("{} {:?} {}", source.name, source.newest, source.read_at.date_naive()))
            .collect();
        assert_eq!(found, ["crm None 2026-05-01", "erp Some(2026-03-31) 2026-04-09"]);
    }
}
