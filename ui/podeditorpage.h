#pragma once

#include "models/podplan.h"
#include "ui/appcontext.h"
#include "ui/page.h"
#include "ui/podform.h"

class QLabel;
class QPushButton;
class QSplitter;
class QTimer;

namespace kboss {

class Chip;
class EditPane;
class PodCheckRunner;
class PodOutcome;
class ResourceFeed;
class RowsFeed;
class StateOverlay;
class WriteController;

// A pod configuration in an editor of its own: the form in sections at the left, at the right what it would take and where, its YAML, and what a change
// changes. GUI thread; owned by the window.
class PodEditorPage : public Page {
    Q_OBJECT
public:
    struct Address {
        QString center, cluster, config; // config "new" = a new one
        bool copy = false; // a new one that begins as this one
    };
    PodEditorPage(Address address, const AppContext &context, QWidget *parent = nullptr);
    ~PodEditorPage() override;

    QString pageId() const override; // "pod-config-editor/<center>/<cluster>/<id or new>", "pod-config-copy/<center>/<cluster>/<id>"
    QString title() const override;
    State state() const override;
    Freshness freshness() const override;
    QList<QAction *> pageActions() const override { return m_actions; }
    void setShown(bool shown) override;
    bool hasUnsaved() const override;
    void retranslate() override;
    bool showForTour(const QString &variant) override; // "changed", "trouble"

    EditPane *pane() const { return m_pane; }
    PodOutcome *outcome() const { return m_outcome; }
    PodCheckRunner *runner() const { return m_runner; }
    QAction *namedAction(const QString &id) const; // "save" "duplicate" "delete" "refresh"

private:
    void build();
    QWidget *buildHead();
    void buildActions();
    void offer(const QString &id, const QString &icon, const QKeySequence &keys, std::function<void()> run);
    void connectParts();
    RowsFeed *feedOf(const char *resource);
    void followLists();
    void onLists();
    void openWhenReady();
    FormInput beginning() const; // of a new one, or a copy
    void onForm();
    void followImage(); // ports and path of an image, where nobody chose others
    void ask();
    void onAnswer();
    void updateHead();
    void updateOverlay();
    void leave(const QString &key); // back to the list
    const Row *row() const; // of the configuration; null for a new one, or while it is not known
    const Row *cluster() const;
    bool isChange() const { return !m_address.copy && m_address.config != QLatin1String("new"); }
    QStringList faultNames() const;
    QString whyUnknown() const;
    PodHolding holding() const;

    AppContext m_context;
    Address m_address;
    RowsFeed *m_clusters, *m_configs, *m_parts, *m_nodes, *m_pods;
    ResourceFeed *m_feed;
    WriteController *m_writer;
    EditPane *m_pane;
    PodOutcome *m_outcome;
    PodCheckRunner *m_runner;
    std::vector<NodeRoom> m_rooms;
    PartStocks m_stocks;
    QLabel *m_title, *m_meta;
    Chip *m_state;
    QPushButton *m_duplicate, *m_delete;
    QWidget *m_body;
    QSplitter *m_splitter;
    StateOverlay *m_overlay;
    QTimer *m_age;
    QList<QAction *> m_actions;
    QHash<QString, QAction *> m_named;
    QString m_image, m_name, m_yamlBefore;
    bool m_told = false;
    bool m_left = false;
};

} // namespace kboss
