//! What an event of a stakeholder map was about, in the reader's words.

use kontor_domain::audit::{Event, FieldChange};
use kontor_domain::stakeholder::LineKind;

use super::{change, shown};
use crate::web::texts::Texts;

/// What it was about and the changes, each as name and value.
pub(super) fn details(t: &Texts, event: &Event) -> Vec<(String, String)> {
    let decision = |decision: &Option<String>| decision.clone().map(|name| (t.audit_buying_decision(), name));
    match event {
        Event::BuyingDecisionAdded { name, .. } | Event::BuyingDecisionClosed { name, .. } => {
            vec![(t.audit_buying_decision(), name.clone())]
        }
        Event::StakeholderPlaced { decision: of, name, changes, .. } => {
            let who = (t.audit_person(), name.clone());
            std::iter::once(who).chain(decision(of)).chain(changes.iter().map(|change| field(t, change))).collect()
        }
        Event::StakeholderRemoved { decision: of, name, .. } => {
            std::iter::once((t.audit_person(), name.clone())).chain(decision(of)).collect()
        }
        Event::StakeholderLineDrawn { kind, from, to, .. } | Event::StakeholderLineRemoved { kind, from, to, .. } => {
            let told = match kind {
                LineKind::Influence => t.stakeholders_line_influence(from.as_str(), to.as_str()),
                LineKind::Conflict => t.stakeholders_line_conflict(from.as_str(), to.as_str()),
            };
            vec![(t.audit_line(), told)]
        }
        Event::RelationshipSet { user, person, changes, .. } => {
            let both = [(t.audit_colleague(), user.clone()), (t.audit_person(), person.clone())];
            both.into_iter().chain(changes.iter().map(|change| field(t, change))).collect()
        }
        _ => vec![],
    }
}

fn field(t: &Texts, of: &FieldChange) -> (String, String) {
    let name = match of.field.as_str() {
        "role" => t.stakeholders_role(),
        "support" => t.stakeholders_support(),
        "coverage" => t.stakeholders_coverage(),
        "function" => t.stakeholders_function(),
        "above" => t.stakeholders_above(),
        "who" => t.stakeholders_known_as(),
        "now" => t.stakeholders_now(),
        "wanted" => t.stakeholders_wanted(),
        other => other.to_owned(),
    };
    let choices = match of.field.as_str() {
        "role" => "role",
        "now" | "wanted" => "level",
        _ => "",
    };
    let value = |value: &Option<String>| {
        let text = shown(value);
        t.by_key(&format!("stakeholders-{choices}-{text}"))
            .unwrap_or_else(|| if of.field == "support" { text.replace('-', "−") } else { text })
    };
    (name, change(value(&of.before), value(&of.after)))
}
