#pragma once

#include "app/cluster/hostchecks.h"
#include "models/installcell.h"

#include <QAbstractTableModel>
#include <QHash>
#include <functional>

namespace kboss {

// Checks by hosts, in groups; a group is a row of its own whose only cell goes over all columns. GUI thread.
class InstallChecksModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum class Show { All, Failed, Warnings, Accepted, Passed };

    explicit InstallChecksModel(std::function<QString(const QString &name)> title, QObject *parent = nullptr);

    struct Host {
        QString name, note;
    };
    void setMatrix(std::vector<CheckName> rows, std::vector<Host> hosts); // results of the same host and name stay
    void setResult(const CheckResult &result);
    void setShow(Show show);
    Show show() const { return m_show; }
    void setOnlyTrouble(bool only);
    void setGroupNotes(const QStringList &notes); // of kubeadm, host, across
    void retranslate();

    const CheckResult *resultAt(const QModelIndex &index) const;
    const CheckResult *result(const QString &host, const QString &name) const;
    QModelIndex indexOf(const QString &host, const QString &name) const; // invalid: there is none, or it is filtered out
    bool isGroup(int row) const;
    QString nameAt(int row) const; // empty = a group
    QString hostAt(int column) const;
    int count(CellShape shape) const; // over everything, whatever is shown
    int total() const; // of checks that apply
    QModelIndex nextTrouble(const QModelIndex &from) const; // an error, else a warning; round the corner
    static CellShape shapeOf(const CheckResult &result);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void arranged(); // other rows: groups are to be spanned anew

private:
    struct Line {
        int check = -1; // -1 = a group
        CheckResult::Group group = CheckResult::Group::Kubeadm;
        friend bool operator==(const Line &, const Line &) = default;
    };
    std::vector<Line> linesToShow() const;
    void arrange();
    bool takes(int check) const;
    QString groupTitle(CheckResult::Group group) const;
    QString cellText(const CheckResult &result) const;
    static QString key(const QString &host, const QString &name) { return host + u'/' + name; }

    std::function<QString(const QString &)> m_title;
    std::vector<CheckName> m_checks;
    std::vector<Host> m_hosts;
    std::vector<Line> m_lines;
    QHash<QString, CheckResult> m_results;
    QStringList m_groupNotes;
    Show m_show = Show::All;
    bool m_onlyTrouble = false;
};

} // namespace kboss
