#include "app/api/contractnode.h"

using namespace Qt::StringLiterals;

namespace kboss {
namespace {

QString escaped(QString name)
{
    name.replace(u'~', u"~0"_s);
    return name.replace(u'/', u"~1"_s);
}

} // namespace

std::optional<ContractNode> ContractNode::find(const QString &name) const
{
    if (!m_value->is_object())
        fault(u"must be an object"_s);
    const auto found = m_value->find(name.toStdString());
    if (found == m_value->end())
        return std::nullopt;
    return ContractNode(*found, m_pointer + u'/' + escaped(name));
}

ContractNode ContractNode::at(const QString &name) const
{
    if (auto found = find(name))
        return *found;
    fault(u"has no \"%1\""_s.arg(name));
}

std::vector<std::pair<QString, ContractNode>> ContractNode::members() const
{
    if (!m_value->is_object())
        fault(u"must be an object"_s);
    std::vector<std::pair<QString, ContractNode>> result;
    for (const auto &[key, member] : m_value->items()) {
        const QString name = QString::fromStdString(key);
        result.emplace_back(name, ContractNode(member, m_pointer + u'/' + escaped(name)));
    }
    return result;
}

std::vector<ContractNode> ContractNode::items() const
{
    if (!m_value->is_array())
        fault(u"must be an array"_s);
    std::vector<ContractNode> result;
    for (const auto &item : *m_value)
        result.emplace_back(item, m_pointer + u'/' + QString::number(result.size()));
    return result;
}

QString ContractNode::text() const
{
    if (!m_value->is_string())
        fault(u"must be a string"_s);
    return QString::fromStdString(m_value->get_ref<const std::string &>());
}

QString ContractNode::textOf(const QString &name) const
{
    const auto member = find(name);
    return member ? member->text() : QString();
}

bool ContractNode::boolOf(const QString &name, bool otherwise) const
{
    const auto member = find(name);
    if (!member)
        return otherwise;
    if (!member->value().is_boolean())
        member->fault(u"must be true or false"_s);
    return member->value().get<bool>();
}

int ContractNode::integer(int lowest, int highest) const
{
    if (!m_value->is_number_integer() || m_value->get<double>() < lowest || m_value->get<double>() > highest)
        fault(u"must be a whole number from %1 to %2"_s.arg(lowest).arg(highest));
    return m_value->get<int>();
}

QStringList ContractNode::texts() const
{
    QStringList result;
    for (const ContractNode &item : items())
        result.append(item.text());
    return result;
}

void ContractNode::allowOnly(const QStringList &names) const
{
    for (const auto &[name, member] : members()) {
        if (!names.contains(name))
            member.fault(u"is not known here"_s);
    }
}

} // namespace kboss
