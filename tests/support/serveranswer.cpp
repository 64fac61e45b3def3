#include "tests/support/serveranswer.h"

#include <zlib.h>

namespace kboss {

ServerAnswer ServerAnswer::json(const QByteArray &body, int status)
{
    ServerAnswer answer;
    answer.status = status;
    answer.headers.emplaceBack("Content-Type", "application/json");
    answer.body = body;
    return answer;
}

ServerAnswer ServerAnswer::html(int status)
{
    ServerAnswer answer;
    answer.status = status;
    answer.headers.emplaceBack("Content-Type", "text/html");
    answer.body = "<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><h1>nginx</h1></body></html>";
    return answer;
}

QByteArray gzipped(const QByteArray &data)
{
    z_stream stream{};
    constexpr int gzipWindow = 15 + 16;
    deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzipWindow, 9, Z_DEFAULT_STRATEGY);
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(data.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data.constData()));
    stream.avail_in = static_cast<uInt>(data.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return out;
}

} // namespace kboss
