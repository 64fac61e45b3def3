#pragma once

#include "ui/resourcefeed.h"
#include "ui/scope.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace kboss {

class RowChooser;

// The scope line of a scoped page: one chooser per master ("算力中心 [北京朝阳] › 算力集群 [gpu-prod-01]"), by name, with search. What is chosen is kept
// in Scope; a choice made elsewhere arrives here too. A master that has only one row is chosen by itself. GUI thread.
class ScopeBar : public QWidget {
    Q_OBJECT
public:
    // `host` carries the choosers, above everything in it.
    ScopeBar(const ResourceType &type, const AppContext &context, QWidget *host, QWidget *parent);
    ~ScopeBar() override;

    const Row &master() const; // of the last level; an empty key = not all are chosen
    const ResourceType *masterType() const;
    const Row &chosen(qsizetype level) const { return m_levels[static_cast<size_t>(level)].row; }
    ResourceFeed *feed(qsizetype level) const { return m_levels[static_cast<size_t>(level)].feed; }
    bool isSettled() const; // what was chosen before has been looked up, as far as it can be
    const ResourceType *missing() const; // the first master that is not chosen; null = none
    Page::State missingState() const; // why: its list is empty, cannot be read …; Ready = it only was not chosen
    void choose(qsizetype level, const QString &key);
    void openChooser(qsizetype level);
    void openMissing(); // the chooser of missing()
    void chooseFirst(); // for pictures: where nothing is chosen, what comes first
    void setShown(bool shown);
    void retranslate();

Q_SIGNALS:
    void changed(); // master() or isSettled()

private:
    struct Level {
        const ResourceType *type = nullptr;
        ResourceFeed *feed = nullptr;
        QLabel *label = nullptr;
        QPushButton *button = nullptr;
        RowChooser *chooser = nullptr;
        Row row; // as it is known
        QString wanted; // chosen key, whether it is there or not
        bool settled = false;
        bool first = false; // take what comes first
    };

    void build(QWidget *host);
    void follow(); // the scope's keys
    void setWanted(size_t level, const QString &key);
    void lookUp(size_t level);
    void found(size_t level, const QString &asked, const std::vector<Row> &rows);
    void setRow(size_t level, const Row &row);
    void draw();

    AppContext m_context;
    Scope m_scope;
    std::vector<Level> m_levels;
};

} // namespace kboss
