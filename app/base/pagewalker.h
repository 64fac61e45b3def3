#pragma once

#include "app/base/rowdecoder.h"

#include <functional>
#include <simdjson.h>
#include <string>
#include <vector>

namespace kboss {

// Finds the rows, the total and the next page's token in an answer, in one pass where the first of the possible places holds the rows.
class PageWalker {
public:
    // Takes the rows; false stops the walk (the reason is the taker's).
    using TakeRows = std::function<bool(simdjson::ondemand::array rows)>;

    PageWalker(const RowDecoder::Pointers &pointers, TakeRows take);

    // Empty when all is well, else why it is not.
    QString walk(simdjson::ondemand::document &document);

    qint64 total() const { return m_total; }
    QString nextPageToken() const { return m_token; }

private:
    static constexpr int totalTarget = -1, tokenTarget = -2; // other targets count the places for rows
    struct Path {
        int target = 0;
        std::vector<std::string> steps;
    };
    using Paths = std::vector<const Path *>;

    bool walkRoot(simdjson::ondemand::document &document);
    bool walkObject(simdjson::ondemand::object object, size_t depth, const Paths &paths);
    bool walkArray(simdjson::ondemand::array array, size_t depth, const Paths &paths);
    bool visit(simdjson::ondemand::value value, size_t depth, const Paths &paths);
    bool takeRows(simdjson::ondemand::array array);
    void readScalar(const Path &path, std::string_view token);
    bool stop(simdjson::error_code error);

    TakeRows m_take;
    std::vector<Path> m_paths;
    QString m_error;
    qint64 m_total = -1;
    QString m_token;
    int m_wanted = 0; // the place whose array is taken in this pass
    int m_found = -1; // best other place with an array
    bool m_taken = false, m_null = false, m_stopped = false;
};

} // namespace kboss
