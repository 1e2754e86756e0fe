//! Scores as files: a table of accounts, and in a workbook a second sheet that explains every formula.

use axum::response::Response;
use kontor_domain::Amount;
use kontor_domain::audit::Event;
use kontor_domain::rights::Viewer;
use kontor_domain::scoring::Score;
use kontor_domain::scoring::model::Weighted;

use super::list::Listing;
use super::pages::model::{axis_name, how};
use super::pages::parts::stance_name;
use crate::fault::Fault;
use crate::office::Office;
use crate::sheet::{Cell, Sheet};
use crate::valuation::export::{self, Format};
use crate::web::texts::Texts;

/// The accounts at these places as a file.
pub async fn send(office: &Office, viewer: &Viewer, listing: &Listing, rows: &[usize], format: Format) -> Result<Response, Fault> {
    let t = Texts::of(viewer.language);
    export::send_all(
        office,
        viewer,
        &t.valuation_tab_scores(),
        "scores".to_owned(),
        format,
        vec![sheet(t, listing, rows), explanation(t, listing)],
    )
    .await
}

/// A score as an exact number.
fn score(score: Option<Score>) -> Cell {
    score.map_or(Cell::Empty, |score| Cell::Exact(Amount::from_raw(i64::from(score.raw() / 10))))
}

/// The accounts at these places, with the points of every criterion.
pub fn sheet(t: &Texts, listing: &Listing, rows: &[usize]) -> Sheet {
    let table = &listing.table;
    let criteria = &table.model.model.criteria;
    let mut headers = vec![
        t.valuation_rank(),
        t.scoring_rank_best(),
        t.scoring_rank_worst(),
        t.valuation_number(),
        t.valuation_account(),
        t.scoring_score(),
        t.scoring_coverage(),
        t.scoring_change(),
        t.valuation_class(),
        t.valuation_revenue(),
        t.scoring_axis_attractiveness(),
        t.scoring_axis_position(),
        t.scoring_stance(),
    ];
    headers.extend(criteria.iter().map(|weighted| points_of(t, weighted)));
    let row = |&index: &usize| {
        let row = &table.rows[index];
        let rank =
            |of: fn(kontor_domain::scoring::ranking::Place) -> u32| row.place.map_or(Cell::Empty, |place| Cell::Count(of(place).into()));
        let change = listing.change(index).map_or(Cell::Empty, |change| Cell::Exact(Amount::from_raw((change * 10_000.0).round() as i64)));
        let number = listing.account(index).and_then(|account| account.numbers.first()).map(|number| number.number.clone());
        let mut cells = vec![
            rank(|place| place.rank),
            rank(|place| place.best),
            rank(|place| place.worst),
            number.into(),
            listing.name(index).into(),
            score(row.scored.score),
            Cell::Share(row.scored.coverage),
            change,
            row.class.map(|class| class.to_string()).into(),
            row.revenue.into(),
            score(row.position.map(|position| position.attractiveness)),
            score(row.position.map(|position| position.strength)),
            table.stance(index).map(|stance| stance_name(t, stance)).into(),
        ];
        let points = table.cells(index).iter().map(|cell| cell.points);
        cells.extend(points.map(|points| points.map_or(Cell::Empty, |points| Cell::Exact(Amount::from_cents(points.hundredths().into())))));
        cells
    };
    Sheet { title: t.valuation_tab_scores(), headers, rows: rows.iter().map(row).collect() }
}

/// What the column of a criterion is called: its points, which the figure of the same name is not.
fn points_of(t: &Texts, weighted: &Weighted) -> String {
    t.scoring_points_of(weighted.criterion.name.in_language(t.language()))
}

/// What each column means and how it is computed.
pub fn explanation(t: &Texts, listing: &Listing) -> Sheet {
    let (table, locale) = (&listing.table, t.locale());
    let model = &table.model.model;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut say = |what: String, how: String| rows.push(vec![what.into(), Cell::Empty, how.into()]);
    say(t.scoring_model(), t.scoring_model_version(table.model.id));
    say(t.valuation_period(), t.period_days(locale.date(table.period.from()), locale.date(table.period.to())));
    say(t.scoring_score(), t.scoring_explain_score());
    say(t.scoring_coverage(), t.scoring_explain_coverage());
    say(t.valuation_rank(), t.scoring_explain_rank(model.least_coverage));
    say(format!("{}, {}", t.scoring_rank_best(), t.scoring_rank_worst()), t.scoring_explain_range());
    say(t.scoring_change(), t.scoring_explain_change());
    say(t.scoring_axis_attractiveness(), t.scoring_explain_axis());
    say(t.scoring_axis_position(), t.scoring_explain_axis());
    say(t.scoring_stance(), t.scoring_explain_stance(model.attractive_from, model.strong_from));
    for weighted in &model.criteria {
        let axis = weighted.axis.map(|axis| format!(" ({})", axis_name(t, axis))).unwrap_or_default();
        rows.push(vec![
            points_of(t, weighted).into(),
            Cell::Share(f64::from(weighted.weight) / 100.0),
            (how(t, &weighted.criterion) + axis.as_str()).into(),
        ]);
    }
    Sheet { title: t.scoring_explanation(), headers: vec![t.scoring_column(), t.scoring_weight(), t.scoring_how()], rows }
}

/// Notes that scores were taken out without a page, as the command line does.
pub async fn note(office: &Office, viewer: &Viewer, rows: u64) -> Result<(), Fault> {
    let event = Event::Exported { what: "scores".to_owned(), rows };
    Ok(office.db.begin().await?.commit(viewer, office.now(), event).await?)
}
