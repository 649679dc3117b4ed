"""Tables on a lab day: who sits with whom, so that every hard rule holds and as many wishes as possible come true."""
