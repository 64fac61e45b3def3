#include "app/base/pagewalker.h"

#include "app/base/jsonscrub.h"

#include <charconv>

namespace kboss {
namespace {

namespace ondemand = simdjson::ondemand;

std::vector<std::string> stepsOf(const QString &pointer)
{
    std::vector<std::string> steps;
    const QStringList parts = pointer.split(u'/');
    for (qsizetype i = 1; i < parts.size(); ++i)
        steps.push_back(
            QString(parts[i]).replace(QLatin1String("~1"), QLatin1String("/")).replace(QLatin1String("~0"), QLatin1String("~")).toStdString());
    return steps;
}

std::string_view spelledName(const char *from)
{
    const char *at = from;
    for (; *at != '"'; ++at) { // the parser made sure of the closing quote
        if (*at == '\\')
            ++at;
    }
    return {from, static_cast<size_t>(at - from)};
}

std::string_view trimmedToken(std::string_view token)
{
    while (!token.empty() && (token.back() == ' ' || token.back() == '\n' || token.back() == '\r' || token.back() == '\t'))
        token.remove_suffix(1);
    return token;
}

} // namespace

PageWalker::PageWalker(const RowDecoder::Pointers &pointers, TakeRows take) : m_take(std::move(take))
{
    int place = 0;
    for (const QString &rows : pointers.rows)
        m_paths.push_back({place++, stepsOf(rows)});
    if (!pointers.total.isEmpty())
        m_paths.push_back({totalTarget, stepsOf(pointers.total)});
    if (!pointers.nextPageToken.isEmpty())
        m_paths.push_back({tokenTarget, stepsOf(pointers.nextPageToken)});
}

QString PageWalker::walk(ondemand::document &document)
{
    if (walkRoot(document) && !m_taken && m_found >= 0) {
        m_wanted = m_found;
        document.rewind();
        walkRoot(document);
    }
    if (!m_error.isEmpty() || m_stopped)
        return m_error;
    return m_taken || m_null ? QString() : QStringLiteral("no rows where they are expected");
}

bool PageWalker::stop(simdjson::error_code error)
{
    m_error = QString::fromLatin1(simdjson::error_message(error));
    m_stopped = true;
    return false;
}

bool PageWalker::walkRoot(ondemand::document &document)
{
    Paths paths;
    for (const Path &path : m_paths)
        paths.push_back(&path);
    ondemand::json_type type = ondemand::json_type::null;
    if (const auto error = document.type().get(type))
        return stop(error);
    bool whole = true;
    if (type == ondemand::json_type::object) {
        ondemand::object object;
        if (const auto error = document.get_object().get(object))
            return stop(error);
        whole = walkObject(object, 0, paths);
    } else if (type == ondemand::json_type::array) {
        ondemand::array array;
        if (const auto error = document.get_array().get(array))
            return stop(error);
        whole = walkArray(array, 0, paths);
    } else {
        std::string_view token = "null";
        if (const auto error = document.raw_json_token().get(token))
            return stop(error);
        for (const Path &path : m_paths)
            m_null = m_null || (path.target >= 0 && path.steps.empty() && trimmedToken(token) == "null");
        return true;
    }
    if (whole && document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
        m_error = QStringLiteral("text after the end of the JSON");
        m_stopped = true;
        return false;
    }
    return whole;
}

bool PageWalker::takeRows(ondemand::array array)
{
    m_taken = true;
    if (m_take(array))
        return true;
    m_stopped = true;
    return false;
}

bool PageWalker::walkObject(ondemand::object object, size_t depth, const Paths &paths)
{
    Paths below;
    std::string plain;
    for (auto result : object) {
        ondemand::field field;
        if (const auto error = std::move(result).get(field))
            return stop(error);
        std::string_view name = spelledName(field.key().raw());
        if (name.find('\\') != std::string_view::npos) {
            plain.clear();
            unescapeJson(name, plain);
            name = plain;
        }
        below.clear();
        for (const Path *path : paths) {
            if (path->steps.size() > depth && path->steps[depth] == name)
                below.push_back(path);
        }
        if (!below.empty() && !visit(std::move(field).value(), depth + 1, below))
            return false;
    }
    return true;
}

bool PageWalker::walkArray(ondemand::array array, size_t depth, const Paths &paths)
{
    for (const Path *path : paths) {
        if (path->target < 0 || path->steps.size() != depth)
            continue;
        if (path->target == m_wanted && !m_taken)
            return takeRows(array);
        if (m_found < 0 || path->target < m_found)
            m_found = path->target;
    }
    size_t index = 0;
    for (auto element : array) {
        ondemand::value value;
        if (const auto error = std::move(element).get(value))
            return stop(error);
        const std::string step = std::to_string(index++);
        Paths below;
        for (const Path *path : paths) {
            if (path->steps.size() > depth && path->steps[depth] == step)
                below.push_back(path);
        }
        if (!below.empty() && !visit(value, depth + 1, below))
            return false;
    }
    return true;
}

bool PageWalker::visit(ondemand::value value, size_t depth, const Paths &paths)
{
    const std::string_view token = trimmedToken(value.raw_json_token());
    if (token == "{") {
        ondemand::object object;
        const auto error = value.get_object().get(object);
        return error ? stop(error) : walkObject(object, depth, paths);
    }
    if (token == "[") {
        ondemand::array array;
        const auto error = value.get_array().get(array);
        return error ? stop(error) : walkArray(array, depth, paths);
    }
    for (const Path *path : paths) {
        if (path->steps.size() == depth)
            readScalar(*path, token);
    }
    return true;
}

void PageWalker::readScalar(const Path &path, std::string_view token)
{
    if (path.target >= 0) {
        m_null = m_null || token == "null";
        return;
    }
    std::string text;
    if (token.size() >= 2 && token.front() == '"')
        unescapeJson(token.substr(1, token.size() - 2), text);
    else if (token != "null")
        text.assign(token);
    if (path.target == tokenTarget) {
        m_token = QString::fromStdString(text);
        return;
    }
    qint64 total = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), total);
    if (error == std::errc() && end == text.data() + text.size() && total >= 0)
        m_total = total;
}

} // namespace kboss
