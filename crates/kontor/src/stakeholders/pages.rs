//! Pages of stakeholder maps.

mod forms;
mod matrix;
mod show;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use kontor_domain::audit::Event;
use kontor_domain::rights::Right;
use kontor_domain::stakeholder::Who;
use maud::Markup;
use serde::Deserialize;

use super::forms::{LineForm, PlaceForm, TieForm, parse_decision};
use super::map::{self, Map};
use super::{actions, drawing};
use crate::fault::Fault;
use crate::office::Office;
use crate::web::context::{Form, Page, Path, Query};
use crate::web::layout::Flash;
use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    let (see, edit) = (Guard::Needs(Right::SeeFigures), Guard::Needs(Right::EditPeople));
    Routes::new()
        .get(see, "/accounts/{id}/map", show)
        .get(Guard::Needs(Right::Export), "/accounts/{id}/map.svg", svg)
        .get(edit, "/accounts/{id}/map/place", place_form)
        .post(edit, "/accounts/{id}/map/place", place)
        .post(edit, "/accounts/{id}/map/remove", remove)
        .get(edit, "/accounts/{id}/map/line", line_form)
        .post(edit, "/accounts/{id}/map/line", draw)
        .post(edit, "/accounts/{id}/map/wipe", wipe)
        .get(edit, "/accounts/{id}/map/relation", tie_form)
        .post(edit, "/accounts/{id}/map/relation", relate)
        .post(edit, "/accounts/{id}/map/decisions", add_decision)
        .post(edit, "/accounts/{id}/map/close", close_decision)
}

/// Which map, and what of it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct MapQuery {
    decision: String,
    who: String,
    from: String,
    to: String,
    user: String,
    person: String,
}

impl MapQuery {
    fn decision(&self) -> Result<Option<i64>, Fault> {
        match self.decision.as_str() {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| Fault::NotFound),
        }
    }

    async fn map(&self, office: &Office, page: &Page, account_id: i64) -> Result<Map, Fault> {
        map::load(office, &page.viewer, account_id, self.decision()?).await
    }
}

/// The page of a map.
fn address(account_id: i64, decision: &str) -> String {
    url::with_query(&url::account_map(account_id), &[("decision", decision)])
}

async fn show(State(office): State<Office>, page: Page, Path(id): Path<i64>, Query(query): Query<MapQuery>) -> Result<Markup, Fault> {
    let map = query.map(&office, &page, id).await?;
    Ok(show::page(&page, &map, "", &[]))
}

/// The map as a picture to keep or to show elsewhere; it is noted who took it out.
async fn svg(State(office): State<Office>, page: Page, Path(id): Path<i64>, Query(query): Query<MapQuery>) -> Result<Response, Fault> {
    let map = query.map(&office, &page, id).await?;
    let file = format!("{}.svg", page.t().accounts_part_map());
    let tx = office.db.begin().await?;
    let event = Event::Exported { what: format!("map: {}", crate::accounts::pages::name(&map.account)), rows: map.nodes.len() as u64 };
    tx.commit(&page.viewer, office.now(), event).await?;
    let disposition = format!("attachment; filename=\"map.svg\"; filename*=UTF-8''{}", url::encode(&file));
    let text = drawing::svg(page.t(), page.locale(), &map, office.today());
    Ok(([(CONTENT_TYPE, "image/svg+xml".to_owned()), (CONTENT_DISPOSITION, disposition)], text).into_response())
}

async fn place_form(State(office): State<Office>, page: Page, Path(id): Path<i64>, Query(query): Query<MapQuery>) -> Result<Markup, Fault> {
    let map = query.map(&office, &page, id).await?;
    let form = match query.who.parse::<Who>() {
        Ok(who) => {
            let node = map.place(who).map(|place| &map.nodes[place]);
            match (node, who) {
                (Some(node), _) => PlaceForm::of(node, node.above.map(|above| map.nodes[above].who)),
                // Somebody of the account who is not on this map yet.
                (None, Who::Person(person)) if map.others.iter().any(|(other, _)| *other == person) => {
                    PlaceForm { who: query.who.clone(), support: "0".into(), coverage: "0".into(), ..PlaceForm::default() }
                }
                _ => return Err(Fault::NotFound),
            }
        }
        Err(_) => PlaceForm { support: "0".into(), coverage: "0".into(), ..PlaceForm::default() },
    };
    Ok(forms::place_page(&page, &map, &form, &[]))
}

async fn place(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Query(query): Query<MapQuery>,
    Form(form): Form<PlaceForm>,
) -> Result<Response, Fault> {
    let map = query.map(&office, &page, id).await?;
    let placed = match form.parse() {
        Ok((placed, stand)) => actions::place(&office, &page.viewer, id, query.decision()?, &placed, &stand).await.map(|_| ()),
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match placed {
        Ok(()) => done(&page, id, &query.decision, page.t().web_saved()).await,
        Err(Fault::Invalid(errors)) => Ok(wrong(forms::place_page(&page, &map, &form, &errors))),
        Err(fault) => Err(fault),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct OneForm {
    entry: i64,
    line: i64,
}

async fn remove(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(form): Form<OneForm>) -> Result<Response, Fault> {
    let entry = actions::remove(&office, &page.viewer, form.entry).await?;
    done(&page, id, &decision_text(entry.decision_id), page.t().stakeholders_removed()).await
}

fn decision_text(id: Option<i64>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

async fn line_form(State(office): State<Office>, page: Page, Path(id): Path<i64>, Query(query): Query<MapQuery>) -> Result<Markup, Fault> {
    let map = query.map(&office, &page, id).await?;
    let form = LineForm { from: query.from.clone(), to: query.to.clone(), kind: "influence".into() };
    Ok(forms::line_page(&page, &map, &form, &[]))
}

async fn draw(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Query(query): Query<MapQuery>,
    Form(form): Form<LineForm>,
) -> Result<Response, Fault> {
    let map = query.map(&office, &page, id).await?;
    let drawn = match form.parse() {
        Ok((ends, kind)) => actions::draw(&office, &page.viewer, id, query.decision()?, ends, kind).await.map(|_| ()),
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match drawn {
        Ok(()) => done(&page, id, &query.decision, page.t().stakeholders_drawn()).await,
        Err(Fault::Invalid(errors)) => Ok(wrong(forms::line_page(&page, &map, &form, &errors))),
        Err(fault) => Err(fault),
    }
}

async fn wipe(State(office): State<Office>, page: Page, Path(id): Path<i64>, Form(form): Form<OneForm>) -> Result<Response, Fault> {
    let entry = actions::wipe(&office, &page.viewer, form.line).await?;
    done(&page, id, &decision_text(entry.decision_id), page.t().stakeholders_wiped()).await
}

async fn tie_form(State(office): State<Office>, page: Page, Path(id): Path<i64>, Query(query): Query<MapQuery>) -> Result<Markup, Fault> {
    let map = query.map(&office, &page, id).await?;
    let known = query.user.parse().ok().zip(query.person.parse().ok()).and_then(|(user, person)| map.tie(user, person));
    let level = |level: Option<kontor_domain::stakeholder::Level>| level.map(|level| level.to_string()).unwrap_or_default();
    let form = TieForm {
        user: query.user.clone(),
        person: query.person.clone(),
        now: known.map(|tie| level(tie.now)).unwrap_or_default(),
        wanted: known.map(|tie| level(tie.wanted)).unwrap_or_default(),
    };
    Ok(forms::tie_page(&page, &map, &form, &[]))
}

async fn relate(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Query(query): Query<MapQuery>,
    Form(form): Form<TieForm>,
) -> Result<Response, Fault> {
    let map = query.map(&office, &page, id).await?;
    let related = match form.parse() {
        Ok(tie) => actions::relate(&office, &page.viewer, id, tie).await,
        Err(errors) => Err(Fault::Invalid(errors)),
    };
    match related {
        Ok(()) => done(&page, id, &query.decision, page.t().web_saved()).await,
        Err(Fault::Invalid(errors)) => Ok(wrong(forms::tie_page(&page, &map, &form, &errors))),
        Err(fault) => Err(fault),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct DecisionForm {
    name: String,
    decision: i64,
}

async fn add_decision(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(form): Form<DecisionForm>,
) -> Result<Response, Fault> {
    let added = match parse_decision(&form.name) {
        Ok(name) => actions::add_decision(&office, &page.viewer, id, &name).await,
        Err(error) => Err(Fault::Invalid(vec![error])),
    };
    match added {
        Ok(decision) => done(&page, id, &decision.to_string(), page.t().stakeholders_decision_added()).await,
        Err(Fault::Invalid(errors)) => {
            let map = map::load(&office, &page.viewer, id, None).await?;
            Ok(wrong(show::page(&page, &map, &form.name, &errors)))
        }
        Err(fault) => Err(fault),
    }
}

async fn close_decision(
    State(office): State<Office>,
    page: Page,
    Path(id): Path<i64>,
    Form(form): Form<DecisionForm>,
) -> Result<Response, Fault> {
    actions::close_decision(&office, &page.viewer, id, form.decision).await?;
    done(&page, id, "", page.t().stakeholders_decision_done()).await
}

async fn done(page: &Page, account_id: i64, decision: &str, message: String) -> Result<Response, Fault> {
    page.flash(Flash::done(message)).await?;
    Ok(Redirect::to(&address(account_id, decision)).into_response())
}

fn wrong(page: Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}
