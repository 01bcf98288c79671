"""The barest PyQt6 window there is: what the start of the program is measured against (.ci/bench-start)."""

import sys

from PyQt6.QtWidgets import QApplication, QLabel

app = QApplication(sys.argv)
label = QLabel("你好")
label.resize(400, 200)
label.show()
sys.exit(app.exec())
