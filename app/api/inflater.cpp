#include "app/api/inflater.h"

#include <array>
#include <zlib.h>

using namespace Qt::StringLiterals;

namespace kboss {

struct Inflater::Private {
    z_stream stream{};
    qint64 maxBytes = 0;
    bool ready = false;
    bool complete = false;
};

Inflater::Inflater(qint64 maxBytes) : d(std::make_unique<Private>())
{
    d->maxBytes = maxBytes;
    constexpr int gzipOrZlib = 15 + 32;
    d->ready = inflateInit2(&d->stream, gzipOrZlib) == Z_OK;
}

Inflater::~Inflater()
{
    if (d->ready)
        inflateEnd(&d->stream);
}

Result<void> Inflater::feed(const QByteArray &compressed, QByteArray &into)
{
    if (!d->ready)
        return fail(ErrorKind::Internal, u"no memory to decompress"_s);
    std::array<char, 64 * 1024> chunk{};
    d->stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(compressed.constData()));
    d->stream.avail_in = static_cast<uInt>(compressed.size());
    while (d->stream.avail_in > 0 && !d->complete) {
        d->stream.next_out = reinterpret_cast<Bytef *>(chunk.data());
        d->stream.avail_out = static_cast<uInt>(chunk.size());
        const int state = inflate(&d->stream, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END && state != Z_BUF_ERROR)
            return fail(ErrorKind::Protocol, u"the compressed answer is damaged"_s);
        const auto made = static_cast<qsizetype>(chunk.size() - d->stream.avail_out);
        if (into.size() + made > d->maxBytes)
            return fail(ErrorKind::Protocol, u"the answer is larger than %1 bytes after decompression"_s.arg(d->maxBytes));
        into.append(chunk.data(), made);
        d->complete = state == Z_STREAM_END;
        if (state == Z_BUF_ERROR && made == 0)
            break;
    }
    return {};
}

bool Inflater::isComplete() const
{
    return d->complete;
}

} // namespace kboss
