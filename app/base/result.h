#pragma once

#include "app/base/error.h"

#include <tl/expected.hpp>

namespace kboss {

// A value or an Error. Functions that can fail return this; nothing in the project throws across a function that returns it.
template <class T>
using Result = tl::expected<T, Error>;

using Unexpected = tl::unexpected<Error>;

inline Unexpected fail(ErrorKind kind, QString detail, QString field = {})
{
    Error error;
    error.kind = kind;
    error.detail = std::move(detail);
    error.field = std::move(field);
    return Unexpected(std::move(error));
}

inline Unexpected fail(Error error) { return Unexpected(std::move(error)); }

} // namespace kboss
