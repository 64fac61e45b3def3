#pragma once

#include "ui/scopedpage.h"

class QPushButton;

namespace kboss {

// The clusters of a center, with the way to install one over SSH beside the action that leaves it to the service. GUI thread; owned by the window.
class ClustersPage : public ScopedPage {
    Q_OBJECT
public:
    ClustersPage(const ResourceType &type, const AppContext &context, QWidget *parent = nullptr);

    QList<QAction *> pageActions() const override;
    void retranslate() override;

private:
    void begin();

    AppContext m_context;
    QAction *m_install;
    QPushButton *m_button;
};

} // namespace kboss
