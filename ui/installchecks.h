#pragma once

#include "ui/installpane.h"

class QCheckBox;
class QPushButton;

namespace kboss {

class FilterChip;
class InstallCheckPanel;
class InstallChecksModel;
class InstallMatrix;

// Third page: every check on every host, with what one can do about it at the right.
class InstallChecksPane : public InstallPane {
    Q_OBJECT
public:
    InstallChecksPane(const AppContext &context, Installation *installation, QWidget *parent);

    Words words() const override;
    QList<QWidget *> headButtons() const override;
    void enter() override;
    void retranslate() override;
    InstallMatrix *matrix() const { return m_matrix; }
    InstallChecksModel *model() const { return m_model; }
    InstallCheckPanel *panel() const { return m_panel; }

private:
    void build();
    QWidget *buildFilters();
    void connectParts();
    void showRows();
    void showResult(const QString &host, const QString &name);
    void showCounts();
    void showCell(const QModelIndex &index);
    void runAll();
    int openCount() const;
    bool wasRun() const;

    InstallChecksModel *m_model;
    InstallMatrix *m_matrix;
    InstallCheckPanel *m_panel;
    std::vector<FilterChip *> m_chips;
    FilterChip *m_only;
    QPushButton *m_all, *m_trouble;
    QTimer *m_counts; // many results at once are one counting
};

} // namespace kboss
