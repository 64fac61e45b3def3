#pragma once

#include <QtGlobal>
#include <string>

namespace kboss::standalone {

// A small generator whose numbers depend on its key alone, on every machine: row i of a table draws from SampleRandom(table, i).
class SampleRandom {
public:
    SampleRandom(quint64 stream, quint64 index) : m_state(stream * 0x9E3779B97F4A7C15ULL ^ (index + 1) * 0xD1B54A32D192ED03ULL) { next(); }

    quint64 next()
    {
        quint64 z = (m_state += 0x9E3779B97F4A7C15ULL);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    qint64 below(qint64 end) { return static_cast<qint64>(next() % static_cast<quint64>(end)); } // 0 … end-1
    qint64 between(qint64 from, qint64 to) { return from + below(to - from + 1); }
    bool chance(int perMille) { return below(1000) < perMille; }

    template <class List> const auto &pick(const List &list) { return list[static_cast<size_t>(below(static_cast<qint64>(std::size(list))))]; }

private:
    quint64 m_state;
};

// 21 characters of the URL-safe alphabet, always the same for one kind and index.
inline std::string sampleId(quint64 kind, quint64 index)
{
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    SampleRandom random(kind, index);
    std::string id(21, '-');
    quint64 bits = 0;
    for (size_t i = 0; i < id.size(); ++i, bits >>= 6) {
        if (i % 10 == 0)
            bits = random.next();
        id[i] = alphabet[bits & 63];
    }
    return id;
}

} // namespace kboss::standalone
