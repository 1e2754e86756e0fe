//! What an event about the valuation by points or about key accounts was about.

use std::collections::BTreeSet;

use kontor_domain::audit::{Event, RatingChange};

use super::change;
use crate::web::format::Locale;
use crate::web::texts::Texts;

pub(super) fn scoring(t: &Texts, locale: Locale, event: &Event) -> Vec<(String, String)> {
    let rating = |rated: &RatingChange| (rated.criterion.clone(), change(before_text(rated.before), rated.after.to_string()));
    match event {
        Event::CriterionAdded { name, .. } => vec![(t.audit_criterion(), name.clone())],
        Event::CriterionChanged { name, version, model_id, .. } => {
            let model = model_id.map(|model| (t.audit_model(), model.to_string()));
            [(t.audit_criterion(), name.clone()), (t.audit_version(), version.to_string())].into_iter().chain(model).collect()
        }
        Event::CriterionArchived { name, archived, .. } => {
            vec![(t.audit_criterion(), name.clone()), (t.audit_archived(), if *archived { t.web_no() } else { t.web_yes() })]
        }
        Event::ScoringModelSet { model_id, note, changes } => {
            let changes = changes.iter().map(|changed| {
                let text = |value: &Option<String>| value.clone().unwrap_or_default();
                (changed.field.clone(), change(text(&changed.before), text(&changed.after)))
            });
            [(t.audit_model(), model_id.to_string())].into_iter().chain(noted(t, note)).chain(changes).collect()
        }
        Event::ValuationKept { model_id, accounts, note, .. } => {
            let facts = [(t.audit_model(), model_id.to_string()), (t.audit_valued(), locale.integer(*accounts))];
            facts.into_iter().chain(noted(t, note)).collect()
        }
        Event::AccountRated { ratings, .. } => ratings.iter().map(rating).collect(),
        Event::RatingWithdrawn { criterion, value, .. } => vec![(criterion.clone(), change(value.to_string(), ""))],
        Event::RatingRoundOpened { name, due_on, raters, accounts, .. } => vec![
            (t.audit_round(), name.clone()),
            (t.audit_due(), locale.date(*due_on)),
            (t.audit_raters(), raters.join(", ")),
            (t.audit_valued(), locale.integer(*accounts)),
        ],
        // The event has every rating; here they would be a wall of numbers.
        Event::RatingRoundRated { name, ratings, .. } => {
            let accounts: BTreeSet<i64> = ratings.iter().map(|rated| rated.account_id).collect();
            let counts = [(t.audit_valued(), accounts.len()), (t.audit_ratings(), ratings.len())];
            std::iter::once((t.audit_round(), name.clone()))
                .chain(counts.map(|(name, count)| (name, locale.integer(count as i64))))
                .collect()
        }
        Event::RatingRoundClosed { name, .. } => vec![(t.audit_round(), name.clone())],
        _ => Vec::new(),
    }
}

fn before_text(before: Option<u8>) -> String {
    before.map(|value| value.to_string()).unwrap_or_default()
}

/// A note, where there is one.
fn noted(t: &Texts, note: &str) -> Option<(String, String)> {
    (!note.is_empty()).then(|| (t.audit_note(), note.to_owned()))
}

pub(super) fn key_accounts(t: &Texts, locale: Locale, event: &Event) -> Vec<(String, String)> {
    match event {
        Event::KeyAccountNominated { statement, .. } => vec![(t.audit_statement(), statement.clone())],
        Event::KeyAccountDecided { decision, reason, manager, reach, next_review, .. } => {
            let named = |prefix: &str, name: &str| t.by_key(&format!("{prefix}-{name}")).unwrap_or_else(|| name.to_owned());
            let facts = [
                Some((t.audit_decision(), named("key-decision", decision.name()))),
                Some((t.audit_why(), reason.clone())),
                manager.clone().map(|manager| (t.audit_manager(), manager)),
                reach.map(|reach| (t.audit_reach(), named("key-reach", reach.name()))),
                next_review.map(|day| (t.audit_next_review(), locale.date(day))),
            ];
            facts.into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}
