//! Paging by cursor: the next page starts after the last item of this one, whatever happened in between.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::fault::Fault;

/// The most items a page may have.
pub const LIMIT_MAX: usize = 500;
const LIMIT_DEFAULT: usize = 50;

/// Which page is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PageQuery {
    /// `next` of the page before; nothing for the first page.
    pub cursor: Option<String>,
    /// How many items, 1 to 500; 50 when absent.
    pub limit: Option<usize>,
}

/// One page of a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Paged<T> {
    /// The items.
    pub items: Vec<T>,
    /// The cursor of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl PageQuery {
    /// How many items.
    pub fn limit(&self) -> Result<usize, Fault> {
        match self.limit {
            None => Ok(LIMIT_DEFAULT),
            Some(limit @ 1..=LIMIT_MAX) => Ok(limit),
            Some(_) => Err(Fault::field("limit", |t| t.api_limit_wrong(LIMIT_MAX))),
        }
    }

    /// What the cursor stands for; `None` for the first page.
    pub fn after(&self) -> Result<Option<String>, Fault> {
        let wrong = || Fault::field("cursor", |t| t.api_cursor_wrong());
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let bytes = BASE64URL_NOPAD.decode(cursor.as_bytes()).map_err(|_| wrong())?;
        String::from_utf8(bytes).map(Some).map_err(|_| wrong())
    }

    /// The id that the cursor stands for.
    pub fn after_id(&self) -> Result<Option<i64>, Fault> {
        let id = |text: String| text.parse().map_err(|_| Fault::field("cursor", |t| t.api_cursor_wrong()));
        self.after()?.map(id).transpose()
    }
}

impl<T> Paged<T> {
    /// A page of items of which it is known whether the list goes on.
    pub fn known(items: Vec<T>, goes_on: bool, key: impl Fn(&T) -> String) -> Paged<T> {
        let next = items.last().filter(|_| goes_on).map(|last| BASE64URL_NOPAD.encode(key(last).as_bytes()));
        Paged { items, next }
    }

    /// A page of at most `limit` of the given items, of which there may be one more to show that the list goes on; `key` names an item's place.
    pub fn cut(mut items: Vec<T>, limit: usize, key: impl Fn(&T) -> String) -> Paged<T> {
        let goes_on = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| goes_on).map(|last| BASE64URL_NOPAD.encode(key(last).as_bytes()));
        Paged { items, next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_starts_after_the_last_item() {
        let page = Paged::cut(vec![9, 8, 7], 2, i32::to_string);
        assert_eq!(page.items, [9, 8]);
        let query = PageQuery { cursor: page.next, limit: None };
        assert_eq!(query.after_id().expect("a cursor"), Some(8));
        assert_eq!(Paged::cut(vec![9, 8], 2, i32::to_string).next, None);
    }

    #[test]
    fn a_wrong_cursor_or_limit_is_told_at_its_field() {
        let field = |query: PageQuery| match query.limit().map(|_| ()).and(query.after_id().map(|_| ())) {
            Err(Fault::Invalid(errors)) => errors[0].field.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!(field(PageQuery { cursor: Some("%%".into()), limit: None }), "cursor");
        assert_eq!(field(PageQuery { cursor: Some("YWJj".into()), limit: None }), "cursor");
        assert_eq!(field(PageQuery { cursor: None, limit: Some(0) }), "limit");
        assert_eq!(field(PageQuery { cursor: None, limit: Some(501) }), "limit");
    }
}
