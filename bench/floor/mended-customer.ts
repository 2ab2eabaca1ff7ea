// The floor of a customer with the one repair of the real one, which shows what the repair is worth.
import { mendBinding } from '../../rpc/binding.ts';
import './customer.ts';

mendBinding();
