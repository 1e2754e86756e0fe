//! Verbs about corporate groups.

use std::sync::Arc;

use chrono::NaiveDate;
use kontor_domain::audit::{Event, GroupEdgeState};
use kontor_domain::group::{Edge, Graph, Refusal, Roots};
use kontor_domain::rights::{Right, Viewer};

use super::forms::EdgeTerms;
use super::store;
use crate::accounts;
use crate::accounts::pages::name;
use crate::db::Tx;
use crate::db::revisions::Topic;
use crate::fault::{Fault, FieldError};
use crate::office::Office;
use crate::team::actions::require;

/// All edges, whoever looks; kept until one of them changes.
pub async fn whole(office: &Office) -> Result<Arc<Graph>, Fault> {
    let revision = office.db.revisions().await?.of(Topic::Groups);
    office.group_graphs.get(&revision, async { Ok(store::graph(office.db.read()).await?) }).await
}

/// The edges between accounts that this viewer may see.
pub async fn graph(office: &Office, viewer: &Viewer) -> Result<Arc<Graph>, Fault> {
    require(viewer, Right::SeeFigures)?;
    let whole = whole(office).await?;
    if viewer.sight.is_all() { Ok(whole) } else { Ok(Arc::new(whole.among(|account| viewer.sight.sees(account)))) }
}

/// The heads of all groups on a day, whoever looks: which accounts are one customer is a fact of the whole house.
pub async fn roots(office: &Office, day: NaiveDate) -> Result<Arc<Roots>, Fault> {
    let revision = office.db.revisions().await?.of(Topic::Groups);
    let graph = office.group_graphs.get(&revision, async { Ok::<_, Fault>(store::graph(office.db.read()).await?) }).await?;
    office.group_roots.get(&(revision, day), async { Ok(graph.roots(day)) }).await
}

/// The accounts of the group of an account on a day as far as this viewer sees them, the head first.
pub async fn members(office: &Office, viewer: &Viewer, account_id: i64, day: NaiveDate) -> Result<Vec<i64>, Fault> {
    if !viewer.sight.sees(account_id) {
        return Err(Fault::NotFound);
    }
    Ok(graph(office, viewer).await?.group(account_id, day))
}

/// One edge this viewer may see.
pub async fn show(office: &Office, viewer: &Viewer, id: i64) -> Result<Edge, Fault> {
    graph(office, viewer).await?.edges().iter().find(|edge| edge.id == id).cloned().ok_or(Fault::NotFound)
}

/// Enters an edge; gives its id.
pub async fn add(office: &Office, viewer: &Viewer, parent: i64, child: i64, terms: EdgeTerms) -> Result<i64, Fault> {
    require(viewer, Right::EditAccounts)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let mut edge = terms.edge(0, parent, child);
    let mut state = state(&tx, viewer, &edge).await?;
    check(office, &tx, viewer, &edge).await?;
    edge.id = store::insert(tx.on(), &edge, viewer.user_id, now).await?;
    state.edge_id = edge.id;
    tx.raise(Topic::Groups).await?;
    tx.commit(viewer, now, Event::GroupEdgeAdded { edge: state }).await?;
    Ok(edge.id)
}

/// Corrects an edge; its ends stay. Saving what stands there already changes nothing and leaves no trace.
pub async fn change(office: &Office, viewer: &Viewer, id: i64, terms: EdgeTerms) -> Result<(), Fault> {
    require(viewer, Right::EditAccounts)?;
    let tx = office.db.begin().await?;
    let before = show(office, viewer, id).await?;
    let after = terms.edge(id, before.parent, before.child);
    if before == after {
        return Ok(());
    }
    check(office, &tx, viewer, &after).await?;
    let event = Event::GroupEdgeChanged { before: state(&tx, viewer, &before).await?, after: state(&tx, viewer, &after).await? };
    store::update(tx.on(), &after).await?;
    tx.raise(Topic::Groups).await?;
    Ok(tx.commit(viewer, office.now(), event).await?)
}

/// Ends an edge with a day, the last on which it holds.
pub async fn end(office: &Office, viewer: &Viewer, id: i64, last: NaiveDate) -> Result<(), Fault> {
    let edge = show(office, viewer, id).await?;
    let terms = EdgeTerms { kind: edge.kind, share: edge.share, from: edge.from, to: Some(last) };
    change(office, viewer, id, terms).await
}

/// Takes back an edge that was entered by mistake: it never held.
pub async fn withdraw(office: &Office, viewer: &Viewer, id: i64) -> Result<(), Fault> {
    require(viewer, Right::EditAccounts)?;
    let now = office.now();
    let tx = office.db.begin().await?;
    let edge = show(office, viewer, id).await?;
    let event = Event::GroupEdgeWithdrawn { edge: state(&tx, viewer, &edge).await? };
    store::withdraw(tx.on(), id, now).await?;
    tx.raise(Topic::Groups).await?;
    Ok(tx.commit(viewer, now, event).await?)
}

/// The edge with the names of its ends, which this viewer must see both.
async fn state(tx: &Tx, viewer: &Viewer, edge: &Edge) -> Result<GroupEdgeState, Fault> {
    let [parent, child] = [account_name(tx, viewer, edge.parent).await?, account_name(tx, viewer, edge.child).await?];
    let Edge { id, kind, share, from, to, .. } = *edge;
    Ok(GroupEdgeState { edge_id: id, kind, parent_id: edge.parent, parent, child_id: edge.child, child, share, from, to })
}

async fn account_name(tx: &Tx, viewer: &Viewer, id: i64) -> Result<String, Fault> {
    if !viewer.sight.sees(id) {
        return Err(Fault::NotFound);
    }
    let account = accounts::store::find(tx.on(), viewer, id).await?.ok_or(Fault::NotFound)?;
    Ok(name(&account).to_owned())
}

/// The rules, asked of all edges, also of those that this viewer does not see.
async fn check(office: &Office, tx: &Tx, viewer: &Viewer, edge: &Edge) -> Result<(), Fault> {
    // Changes wait for each other, so the edges are those of this moment until the commit.
    let Err(refusal) = whole(office).await?.check(edge) else { return Ok(()) };
    let mut names = Vec::new();
    if let Refusal::Cycle(way) = &refusal {
        for &id in way {
            // Who does not see all of the way learns only that there is one.
            names.push(account_name(tx, viewer, id).await.unwrap_or_else(|_| "…".to_owned()));
        }
    }
    Err(refused(refusal, names))
}

/// Why an edge cannot be, in words.
pub fn refused(refusal: Refusal, names: Vec<String>) -> Fault {
    let error = match refusal {
        Refusal::Itself => FieldError::new("account", |t| t.groups_itself()),
        Refusal::EndsBeforeStart => FieldError::new("to", |t| t.groups_ends_before_start()),
        Refusal::NoShare => FieldError::new("share", |t| t.groups_no_share()),
        Refusal::Known => FieldError::new("account", |t| t.groups_known()),
        Refusal::MoreThanWhole { day, hundredths } => FieldError::new("share", move |t| {
            let percent = t.locale().percent(hundredths as f64 / 10_000.0, 2);
            match day {
                Some(day) => t.groups_more_than_whole_on(percent, t.locale().date(day)),
                None => t.groups_more_than_whole(percent),
            }
        }),
        Refusal::Cycle(_) => FieldError::new("account", move |t| t.groups_cycle(names.join(" → "))),
    };
    Fault::Invalid(vec![error])
}
