#include "app/base/membertable.h"

#include "app/base/jsonscrub.h"
#include "app/base/secretnames.h"

#include <QStringList>
#include <algorithm>
#include <cstring>

namespace kboss {
namespace {

constexpr size_t maxKnown = 1000; // names remembered; an answer with more is not worth the memory
constexpr size_t maxOrder = 1000;

const char *endOfString(const char *from, const char *end)
{
    for (const char *at = from; at < end; ++at) {
        if (*at == '"')
            return at;
        if (*at == '\\')
            ++at;
    }
    return nullptr;
}

} // namespace

MemberTable::MemberTable(const TableSchema &schema)
{
    for (size_t i = 0; i < schema.fields.size(); ++i) {
        const FieldSchema &field = schema.fields[i];
        std::vector<std::string> path;
        bool secret = field.type == FieldType::Secret;
        const QString pointer = field.pointer.isEmpty() ? field.id : field.pointer;
        for (const QString &name : pointer.split(u'/', Qt::SkipEmptyParts)) {
            path.push_back(name.toStdString());
            secret = secret || isSecretName(path.back());
        }
        m_secretField.push_back(secret);
        m_moneyField.push_back(field.type == FieldType::Money);
        m_paths.emplace_back(std::move(path), static_cast<int>(i));
    }
}

const RowMember *MemberTable::find(const char *key, const char *end)
{
    if (m_next < m_order.size()) {
        const RowMember *expected = m_order[m_next];
        const size_t size = expected->name.size();
        if (static_cast<size_t>(end - key) > size && key[size] == '"' && memcmp(key, expected->name.data(), size) == 0) {
            ++m_next;
            return expected;
        }
    }
    const char *close = endOfString(key, end);
    if (!close)
        return nullptr;
    const RowMember *member = lookUp({key, static_cast<size_t>(close - key)});
    if (member && member != &m_spare) {
        if (m_next < m_order.size())
            m_order[m_next] = member;
        else if (m_order.size() < maxOrder)
            m_order.push_back(member);
    }
    ++m_next;
    return member;
}

const RowMember *MemberTable::lookUp(std::string_view spelled)
{
    const auto known = m_known.find(spelled);
    if (known != m_known.end())
        return &known->second;
    m_spare = {};
    if (!classify(spelled, m_spare))
        return nullptr;
    if (m_known.size() >= maxKnown)
        return &m_spare;
    return &m_known.emplace(std::string(spelled), std::move(m_spare)).first->second;
}

bool MemberTable::classify(std::string_view spelled, RowMember &member) const
{
    member.name.assign(spelled);
    std::string name;
    if (!unescapeJson(spelled, name))
        return false;
    member.secret = isSecretName(name);
    member.transient = name == "row_num_";
    for (const auto &[path, field] : m_paths) {
        if (path.empty() || path.front() != name)
            continue;
        if (path.size() == 1)
            member.fields.push_back(field);
        else
            member.nested.push_back({{path.begin() + 1, path.end()}, field, m_secretField[static_cast<size_t>(field)]});
    }
    const auto isSecret = [this](int field) { return static_cast<bool>(m_secretField[static_cast<size_t>(field)]); };
    member.secret = member.secret || std::any_of(member.fields.begin(), member.fields.end(), isSecret);
    member.money = member.fields.size() == 1 && m_moneyField[static_cast<size_t>(member.fields.front())] && member.nested.empty();
    return true;
}

} // namespace kboss
