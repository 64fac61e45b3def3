#include "app/api/response.h"

namespace kboss {

Result<DecodedPage> decodeRows(const Operation &operation, const WireResponse &response, RowDecoder &decoder)
{
    auto page = decoder.decodePage(response.body, {operation.result.rows, operation.result.total, operation.paging.nextToken});
    if (page)
        return page;
    Error error = page.error();
    error.operation = operation.id;
    error.requestId = response.requestId;
    error.httpStatus = response.status;
    return fail(std::move(error));
}

} // namespace kboss
