//! Which parameters an operation knows: those of its contract. One that it does not know would be passed over, and the answer be one to another question.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use axum::extract::{MatchedPath, Request};
use axum::http::Method;
use utoipa::openapi::RefOr;
use utoipa::openapi::path::{Operation, Parameter, ParameterIn};

use crate::fault::{Fault, FieldError};

type Known = HashMap<String, Vec<(Method, BTreeSet<String>)>>;

/// The parameters of all operations, by path and method.
static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let name = |parameter: &RefOr<Parameter>| match parameter {
        RefOr::T(parameter) if parameter.parameter_in == ParameterIn::Query => Some(parameter.name.clone()),
        _ => None,
    };
    let query = |operation: &Operation| operation.parameters.iter().flatten().filter_map(name).collect();
    let mut known = Known::new();
    for (path, item) in super::contract().paths.paths {
        let methods = [
            (Method::GET, &item.get),
            (Method::POST, &item.post),
            (Method::PUT, &item.put),
            (Method::PATCH, &item.patch),
            (Method::DELETE, &item.delete),
        ];
        let operations = methods.into_iter().filter_map(|(method, operation)| Some((method, query(operation.as_ref()?))));
        known.insert(path.clone(), operations.collect());
    }
    known
});

/// The parameters of a request that its operation does not know, told at their names; nothing where there are none.
pub fn unknown(request: &Request) -> Option<Fault> {
    let query = request.uri().query().filter(|query| !query.is_empty())?;
    let path = request.extensions().get::<MatchedPath>()?.as_str();
    // What may be read may be asked for without its body.
    let method = if *request.method() == Method::HEAD { Method::GET } else { request.method().clone() };
    let (_, known) = KNOWN.get(path)?.iter().find(|(known, _)| *known == method)?;
    let given: BTreeSet<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    let choices = known.iter().cloned().collect::<Vec<_>>().join(", ");
    let wrong = |name: &str| {
        let choices = choices.clone();
        FieldError::new(name.to_owned(), move |t| match choices.as_str() {
            "" => t.api_parameter_none(),
            choices => t.api_parameter_unknown(choices),
        })
    };
    let errors: Vec<FieldError> = given.into_iter().filter(|name| !name.is_empty() && !known.contains(*name)).map(wrong).collect();
    (!errors.is_empty()).then_some(Fault::Invalid(errors))
}
