//! The pages of the valuation by points.

mod criterion;
pub mod index;
mod matrix;
pub mod model;
pub mod parts;
mod show;

use kontor_domain::rights::Right;

use crate::web::routes::{Guard, Routes};
use crate::web::url;

/// The routes.
pub fn routes() -> Routes {
    let (see, rate, define) = (Guard::Needs(Right::SeeFigures), Guard::Needs(Right::Rate), Guard::Needs(Right::DefineScoring));
    Routes::new()
        .get(see, url::SCORES, index::show)
        .get(Guard::Needs(Right::Export), "/valuation/scores.csv", index::csv)
        .get(Guard::Needs(Right::Export), "/valuation/scores.xlsx", index::xlsx)
        .get(see, url::MATRIX, matrix::show)
        .get(see, url::KEPT, index::kept)
        .post(define, url::KEPT, index::keep)
        .get(see, url::MODEL, model::show)
        .post(define, url::MODEL, model::change)
        .get(define, "/valuation/criteria/new", criterion::new)
        .post(define, "/valuation/criteria", criterion::add)
        .get(see, "/valuation/criteria/{id}", criterion::show)
        .post(define, "/valuation/criteria/{id}", criterion::change)
        .post(define, "/valuation/criteria/{id}/archive", criterion::archive)
        .get(see, "/accounts/{id}/valuation", show::show)
        .post(rate, "/accounts/{id}/ratings", show::rate)
        .post(rate, "/ratings/{id}/withdraw", show::withdraw)
}
