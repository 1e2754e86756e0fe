//! What a viewer may see, as a condition in SQL.

use kontor_domain::rights::Viewer;
use kontor_domain::sight::Sight;
use sea_orm::sea_query::{Expr, ExprTrait, IntoColumnRef, SimpleExpr};

/// The condition that a column names an account this viewer may see. Ids are written into the statement, as there may be more of them than a
/// database binds.
pub fn seen_by(viewer: &Viewer, column: impl IntoColumnRef) -> SimpleExpr {
    match &viewer.sight {
        Sight::All => Expr::val(1).eq(1),
        Sight::Nothing => Expr::val(1).eq(0),
        Sight::Only(accounts) => {
            let mut ids: Vec<i64> = accounts.iter().copied().collect();
            ids.sort_unstable();
            Expr::col(column).is_in(ids.iter().map(|id| Expr::cust(id.to_string())))
        }
    }
}
