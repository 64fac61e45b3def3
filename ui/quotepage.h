#pragma once

#include "ui/appcontext.h"
#include "ui/page.h"

class QLabel;
class QMenu;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace kboss {

class InstancePane;
class PartsPane;
class PartTreeModel;
class PriceLines;
class PriceLinesModel;
class QuoteCheck;
class QuoteDesk;
class QuoteHead;
class QuoteRoom;
class QuoteTotals;
class StateOverlay;

// One quote as a tab: parts to pick at the left, the price line by line at the right. Works offline from the parts as they were last read. GUI thread.
class QuotePage : public Page {
    Q_OBJECT
public:
    QuotePage(const QString &quoteId, const AppContext &context, QWidget *parent = nullptr);
    ~QuotePage() override;

    QString pageId() const override; // "quote/Q-20261122-017"
    QString title() const override;
    State state() const override;
    qint64 rows() const override; // lines
    Freshness freshness() const override;
    QList<QAction *> pageActions() const override { return m_actions; }
    void setShown(bool shown) override;
    bool hasUnsaved() const override;
    void retranslate() override;
    bool showForTour(const QString &variant) override; // "picked", "trouble", "instance"

    QuoteDesk *desk() const { return m_desk; }
    QuoteHead *head() const { return m_head; }
    PartsPane *parts() const { return m_parts; }
    PriceLines *lines() const { return m_lines; }
    QuoteTotals *totals() const { return m_totals; }
    QuoteCheck *check() const { return m_check; }
    QuoteRoom *room() const { return m_room; }
    InstancePane *instancePane() const { return m_instance; }
    QAction *namedAction(const QString &id) const; // "save" "revert" "duplicate" "delete" "copy" "export-pdf" "export-xlsx" "instance" "take-prices" "refresh"
    QString priceChangeText() const;

private:
    void build();
    QWidget *buildRight();
    void buildActions();
    void connectParts();
    void offer(const QString &id, const QString &icon, const QKeySequence &keys, std::function<void()> run);
    void updateAll();
    void updateLists();
    void updateChanges();
    void updateActions();
    void updateCheck(); // what the service says
    void updateLegend();
    void updateOverlays();
    void askCenter(const QString &centerId);
    void askRemove();
    void copyText();
    void askExport(bool pdf);
    void openInstance();
    QString whyNoInstance() const;
    void tellReady();

    AppContext m_context;
    QString m_quoteId;
    QuoteDesk *m_desk;
    QuoteHead *m_head;
    PartTreeModel *m_partModel;
    PartsPane *m_parts;
    PriceLinesModel *m_lineModel;
    PriceLines *m_lines;
    StateOverlay *m_lineOverlay;
    QuoteTotals *m_totals;
    QuoteCheck *m_check;
    QuoteRoom *m_room;
    InstancePane *m_instance = nullptr;
    int m_instanceVersion = 0; // what the pane was opened with
    QStackedWidget *m_right;
    QSplitter *m_splitter;
    QWidget *m_changes;
    QLabel *m_changesText, *m_priceTitle, *m_priceCount, *m_why;
    QPushButton *m_take, *m_copy, *m_delete, *m_create, *m_export, *m_save;
    QMenu *m_more;
    QList<QAction *> m_actions;
    QHash<QString, QAction *> m_named;
    QTimer *m_minute;
    bool m_started = false;
    bool m_told = false;
};

} // namespace kboss
